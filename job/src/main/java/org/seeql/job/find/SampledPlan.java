package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.DecidingAnswer;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.inference.PlanCounts.ModelCounts;
import org.seeql.job.inference.SampleTask;
import org.seeql.job.inference.SampledAnswers;
import org.seeql.job.inference.SampledImage;
import org.seeql.job.inference.SampledImage.ModelAnswer;
import org.seeql.planner.cascade.CascadeChoice;
import org.seeql.planner.cascade.CascadeChooser;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * Chooses the plan of a search with a reference model from the answers about a sample. The plan is
 * a certified cascade if it is cheaper than the reference, otherwise the reference alone. For one
 * sample; pure.
 */
public final class SampledPlan {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int OF_REFERENCE = 0;

  private final ReferenceRequest request;
  private final PredicateFunction function;
  private final List<SampledImage> images;
  private final long failed;
  private final Map<String, ModelCounts> counts;

  /**
   * Prepares a choice.
   *
   * @param answers of {@link ReferenceRequest#sampled}, with the images in random order
   */
  public SampledPlan(ReferenceRequest request, SampleTask.Answers answers) {
    this.request = requireNonNull(request, "request is null");
    this.function = request.function();
    this.images = answers.images();
    this.failed = answers.failed();
    this.counts = answers.counts();
  }

  /** The plan with the answers of the sample, and its figures. */
  public record Chosen(PlannedModels work, ReferenceFigures figures) {
    public Chosen {
      requireNonNull(work, "work is null");
      requireNonNull(figures, "figures is null");
    }
  }

  /**
   * The plan for the images outside the sample.
   *
   * @param others whether there are such images
   */
  public Chosen choose(boolean others) {
    if (!others) {
      return alone("the sample contains all images");
    }
    if (images.size() < 2) {
      return alone("only %d images of the sample could be read".formatted(images.size()));
    }
    CascadeChoice choice = CascadeChooser.choose(problem());
    if (choice instanceof CascadeChoice.Refused refused) {
      return alone(refused.refusal().message());
    }
    CascadePlan plan = (CascadePlan) choice;
    double reference = millis(request.reference().name());
    if (plan.expectedCostMillis() >= reference) {
      return alone(
          "the cheapest certified cascade costs %.2f ms per image, and the reference %.2f ms"
              .formatted(plan.expectedCostMillis(), reference));
    }
    return chosen(plan, cascadeModels(plan), Optional.empty());
  }

  private CascadeProblem problem() {
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    Map<String, Double> costs = new TreeMap<>();
    for (int i = 0; i < request.candidates().size(); i++) {
      BoundModel model = request.candidates().get(i);
      costs.put(model.name(), millis(model.name()));
      scores.put(model.name(), scores(OF_REFERENCE + 1 + i, model));
    }
    return new CascadeProblem(
        request.predicate(),
        request.bounds().bounds(),
        Measure.F1,
        request.bounds().confidenceLevel(),
        new ScoreSample(function.classes(), truth(), scores),
        costs,
        request.bounds().timeout());
  }

  private SortedMap<String, double[]> scores(int index, BoundModel model) {
    SortedMap<String, double[]> byClass = new TreeMap<>();
    for (String name : model.labels().keySet()) {
      byClass.put(
          name, images.stream().mapToDouble(image -> image.of(index).get(name).score()).toArray());
    }
    return byClass;
  }

  /** The answers of the reference: a row for each image, a character for each class. */
  private List<String> truth() {
    return images.stream()
        .map(
            image -> {
              StringBuilder row = new StringBuilder();
              for (String name : function.classes()) {
                row.append(image.of(OF_REFERENCE).get(name).isShown() ? '1' : '0');
              }
              return row.toString();
            })
        .toList();
  }

  private double millis(String model) {
    ModelCounts ofModel = counts.get(model);
    return ofModel == null || ofModel.images() == 0
        ? 0
        : ofModel.busy().toNanos() / NANOS_PER_MILLI / ofModel.images();
  }

  /** The models of a cascade, each with the lowest of its thresholds. */
  private List<BoundModel> cascadeModels(CascadePlan plan) {
    List<BoundModel> models = new ArrayList<>();
    for (BoundModel candidate : request.candidates()) {
      if (plan.models().contains(candidate.name())) {
        double lowest = plan.lowestThreshold(candidate.name()).orElse(1);
        models.add(candidate.withThreshold(Math.min(1, Math.max(lowest, candidate.threshold()))));
      }
    }
    return models;
  }

  /** The reference as the only model. */
  private Chosen alone(String reason) {
    List<String> rows = images.isEmpty() ? List.of(noClass()) : truth();
    SortedMap<String, ClassSkill> skills = new TreeMap<>();
    for (int i = 0; i < function.classes().size(); i++) {
      StringBuilder answers = new StringBuilder();
      for (String row : rows) {
        answers.append(row.charAt(i));
      }
      skills.put(function.classes().get(i), new ClassSkill.Answers(answers.toString()));
    }
    String name = request.reference().name();
    ModelPlan plan =
        (DecisionPlan)
            ModelChooser.choose(
                new ChoiceProblem(
                    request.predicate(),
                    Strategy.OPTIMAL,
                    Bounds.NONE,
                    Measure.F1,
                    PresenceSample.of(function.classes(), rows),
                    List.of(new ModelProfile(name, millis(name), skills)),
                    OptionalDouble.empty(),
                    Optional.<Duration>empty()));
    return chosen(plan, List.of(request.reference()), Optional.of(reason));
  }

  private String noClass() {
    return "0".repeat(function.classes().size());
  }

  private Chosen chosen(ModelPlan plan, List<BoundModel> models, Optional<String> alone) {
    double millis = 0;
    for (ModelCounts ofModel : counts.values()) {
      millis += ofModel.busy().toNanos() / NANOS_PER_MILLI;
    }
    return new Chosen(
        new PlannedModels(plan, models, request.kept(), sampled()),
        new ReferenceFigures(
            request.reference().name(),
            images.size(),
            failed,
            millis,
            millis(request.reference().name()),
            alone));
  }

  /** The sampled images keep the answers of the reference. */
  private SampledAnswers sampled() {
    SortedMap<Long, SampledAnswers.Answered> byRow = new TreeMap<>();
    for (SampledImage image : images) {
      Map<String, ModelAnswer> answers = image.of(OF_REFERENCE);
      SortedMap<String, DecidingAnswer> evidence = new TreeMap<>();
      for (String name : function.classes()) {
        ModelAnswer answer = answers.get(name);
        evidence.put(
            name,
            new DecidingAnswer(
                request.reference().name(),
                (answer.isShown() ? Verdict.YES : Verdict.NO).word(),
                answer.score()));
      }
      byRow.put(
          image.row(),
          new SampledAnswers.Answered(
              function.holds(name -> answers.get(name).isShown()),
              Collections.unmodifiableSortedMap(evidence)));
    }
    return new SampledAnswers(byRow);
  }
}
