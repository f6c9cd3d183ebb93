package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.inference.PlanCounts;
import org.seeql.planner.cascade.CascadeNode;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.RungCounts;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.PlanNode;
import org.seeql.planner.optimizer.PlanText;

/**
 * The estimates of a plan, compared with the actual results.
 *
 * @param models the models of the plan, in the order of the counts
 * @param dataset the data set whose profiles the plan uses; empty if it needs none
 * @param reference the figures of the reference model, if the plan was chosen with one
 * @param audit the audit of the run, if there was one
 * @param counts counts of the images that this run inferred, without those committed before it was
 *     resumed
 */
public record FindReport(
    ModelPlan plan,
    List<String> models,
    String dataset,
    Optional<ReferenceFigures> reference,
    Optional<AuditReport> audit,
    PlanCounts counts) {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final PlanCounts.ModelCounts NOT_RUN =
      new PlanCounts.ModelCounts(0, 0, Duration.ZERO, Duration.ZERO);

  public FindReport {
    requireNonNull(plan, "plan is null");
    models = List.copyOf(models);
    requireNonNull(dataset, "dataset is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(audit, "audit is null");
    requireNonNull(counts, "counts is null");
  }

  /** The share of the images that reached a node, 0 to 1; 0 if there was no image. */
  public double reached(int node) {
    return counts.reached().isEmpty() ? 0 : share(counts.reached().get(node));
  }

  /** The share of the images that were found, 0 to 1. */
  public double found() {
    return share(counts.found());
  }

  private double share(long part) {
    return counts.images() == 0 ? 0 : part / (double) counts.images();
  }

  /**
   * Milliseconds of model time per image, summed over all threads, without decoding and loading.
   */
  public double costMillis() {
    return counts.images() == 0 ? 0 : planMillis() / counts.images();
  }

  /** Milliseconds of model time of all images that passed through the plan. */
  private double planMillis() {
    return counts.models().stream().mapToLong(m -> m.busy().toNanos()).sum() / NANOS_PER_MILLI;
  }

  /** Seconds that the models took to load. */
  public double loadSeconds() {
    return counts.models().stream().mapToLong(m -> m.load().toNanos()).sum() / 1e9;
  }

  /** Milliseconds of model time at a node, per image that reached it. */
  private double costMillis(PlanNode node) {
    double millis = 0;
    for (PlanNode.Run run : node.runs()) {
      PlanCounts.ModelCounts model = counts.models().get(models.indexOf(run.model()));
      millis += millis(model);
    }
    return millis;
  }

  private static double millis(PlanCounts.ModelCounts model) {
    return model.images() == 0 ? 0 : model.busy().toNanos() / NANOS_PER_MILLI / model.images();
  }

  /** The plan as a tree, with the estimate and the actual result at each node. */
  public String tree() {
    List<PlanNode> nodes = plan.outline();
    return PlanText.tree(plan, id -> note(nodes.get(id)));
  }

  private String note(PlanNode node) {
    if (counts.images() == 0 || counts.reached().isEmpty()) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "| actual %6.2f %% (%,d) %10.2f ms",
        100 * reached(node.id()),
        counts.reached().get(node.id()),
        reached(node.id()) * costMillis(node));
  }

  /** What the run has cost, compared with the reference alone; empty without a reference. */
  public Optional<String> costsWithReference() {
    return reference.map(figures -> figures.costs(counts.images(), planMillis()));
  }

  /**
   * A model on the images that it processed, compared with the plan.
   *
   * @param expected the expected share of the images that the model processes, 0 to 1
   * @param actual the actual share
   * @param expectedMillis the expected cost of one image that it processes
   * @param actualMillis the actual cost; 0 if it processed none
   */
  public record ModelShare(
      String model, double expected, double actual, double expectedMillis, double actualMillis) {
    public ModelShare {
      requireNonNull(model, "model is null");
    }
  }

  /** The models of a cascade, in the order in which they first run. Empty for other plans. */
  public List<ModelShare> modelShares() {
    if (!(plan instanceof CascadePlan cascade)) {
      return List.of();
    }
    Map<String, Double> reach = new LinkedHashMap<>();
    Map<String, Double> costs = new HashMap<>();
    for (CascadeNode node : cascade.nodes()) {
      reach.merge(node.model(), node.reach(), Double::sum);
      costs.put(node.model(), node.costMillis());
    }
    List<ModelShare> shares = new ArrayList<>();
    reach.forEach(
        (name, expected) -> {
          PlanCounts.ModelCounts actual =
              counts.models().isEmpty() ? NOT_RUN : counts.models().get(models.indexOf(name));
          shares.add(
              new ModelShare(
                  name, expected, share(actual.images()), costs.get(name), millis(actual)));
        });
    return shares;
  }

  /**
   * A rung of a cascade, with its expected and actual answers.
   *
   * @param position in the ladder of the class, from 1
   * @param expected the answers for the certification half of the sample; empty if unknown
   * @param actual the answers in this run; empty if no image was processed
   */
  public record RungAnswers(
      String className,
      int position,
      Rung rung,
      Optional<RungCounts> expected,
      Optional<RungCounts> actual) {
    public RungAnswers {
      requireNonNull(className, "className is null");
      requireNonNull(rung, "rung is null");
      requireNonNull(expected, "expected is null");
      requireNonNull(actual, "actual is null");
    }
  }

  /** The rungs of a cascade, class by class. Empty for other plans. */
  public List<RungAnswers> rungs() {
    List<RungAnswers> rungs = new ArrayList<>();
    if (plan instanceof CascadePlan cascade) {
      for (Map.Entry<String, List<Rung>> ladder : cascade.ladders().entrySet()) {
        for (int i = 0; i < ladder.getValue().size(); i++) {
          int index = rungs.size();
          rungs.add(
              new RungAnswers(
                  ladder.getKey(),
                  i + 1,
                  ladder.getValue().get(i),
                  find(cascade.rungs(), index),
                  find(counts.rungs(), index)));
        }
      }
    }
    return rungs;
  }

  private static Optional<RungCounts> find(List<RungCounts> rungs, int index) {
    return rungs.isEmpty() ? Optional.empty() : Optional.of(rungs.get(index));
  }

  private static String settled(RungAnswers answers) {
    RungCounts actual = answers.actual().orElseThrow();
    String expected =
        answers
            .expected()
            .map(e -> String.format(Locale.ROOT, "%.2f %% expected, ", 100 * e.settled()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "settled   %s by %s: %s%.2f %% actual (%,d of %,d images)",
        answers.className(),
        answers.rung().model(),
        expected,
        100 * actual.settled(),
        actual.yes() + actual.no(),
        actual.images());
  }

  /** The estimated and actual totals, and the data set of the profiles, one per line. */
  public List<String> totals() {
    List<String> totals = new ArrayList<>();
    reference.ifPresent(
        figures -> {
          totals.add("reference " + figures.choice());
          totals.add("cost      " + costsWithReference().orElseThrow());
        });
    if (counts.images() == 0) {
      totals.add("no image was processed by the plan");
      audit.ifPresent(result -> totals.addAll(result.lines()));
      return totals;
    }
    totals.add(
        String.format(
            Locale.ROOT,
            "cost      %.2f ms per image expected, %.2f ms actual (models only; loading took %.1f s)",
            plan.expectedCostMillis(),
            costMillis(),
            loadSeconds()));
    totals.add(
        String.format(
            Locale.ROOT,
            "found     %.2f %% of images expected, %.2f %% actual (%,d of %,d)",
            100 * plan.quality().returned(),
            100 * found(),
            counts.found(),
            counts.images()));
    rungs().stream()
        .filter(r -> r.actual().isPresent())
        .map(FindReport::settled)
        .forEach(totals::add);
    String population =
        reference
            .map(
                figures ->
                    ", compared with %s on all images of this selection"
                        .formatted(figures.reference()))
            .orElse(", for images like those of the profiles");
    plan.guarantees().forEach(guarantee -> totals.add("certified " + guarantee + population));
    if (!dataset.isEmpty()) {
      totals.add("profiles  on " + dataset);
    }
    audit.ifPresent(result -> totals.addAll(result.lines()));
    return totals;
  }

  /** The same as a tree of maps, lists and numbers. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("plan", plan.document(0));
    Map<String, Object> actual = new LinkedHashMap<>();
    actual.put("images", counts.images());
    actual.put("found", counts.found());
    actual.put("cost_ms", costMillis());
    actual.put("load_seconds", loadSeconds());
    actual.put("reached", counts.reached());
    Map<String, Object> byModel = new LinkedHashMap<>();
    for (int i = 0; i < counts.models().size(); i++) {
      PlanCounts.ModelCounts model = counts.models().get(i);
      byModel.put(
          models.get(i),
          Map.of("images", model.images(), "busy_ms", model.busy().toNanos() / NANOS_PER_MILLI));
    }
    actual.put("models", byModel);
    List<Map<String, Object>> byRung =
        rungs().stream().filter(r -> r.actual().isPresent()).map(FindReport::document).toList();
    if (!byRung.isEmpty()) {
      actual.put("rungs", byRung);
    }
    document.put("actual", actual);
    reference.ifPresent(
        figures -> document.put("reference", figures.document(counts.images(), planMillis())));
    audit.ifPresent(result -> document.put("audit", result.document()));
    return document;
  }

  private static Map<String, Object> document(RungAnswers answers) {
    RungCounts actual = answers.actual().orElseThrow();
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("class", answers.className());
    document.put("model", answers.rung().model());
    document.put("yes", actual.yes());
    document.put("no", actual.no());
    document.put("unsure", actual.unsure());
    document.put("settled", actual.settled());
    document.put("expected_settled", answers.expected().map(RungCounts::settled).orElse(null));
    document.put("scores", actual.scores());
    return document;
  }
}
