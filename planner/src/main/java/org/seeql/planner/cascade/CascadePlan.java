package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.PlanNode;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;
import org.seeql.planner.optimizer.Strategy;

/**
 * Ladders of models that answer a predicate, and the graph that an image follows. Node ids are
 * indices into the table of nodes. Every node comes before its successors.
 *
 * @param confidenceLevel with which the certified limits hold, 0 to 1, exclusive
 * @param ladders by class; the last rung of each ladder answers every image
 * @param certification the figures on the half that certifies the plan
 * @param selection the figures on the half on which the plan was chosen; they are optimistic
 * @param certified the lower limits of the bounded measures, or of all measures if none has a bound
 * @param tests how many plans the certification half has tested
 * @param testLevel the greatest probability of error of each test
 * @param rungs the expected answers of each rung, in the order of the ladders: those on the
 *     certification half; empty if they are unknown
 */
public record CascadePlan(
    Bounds bounds,
    Measure maximize,
    double confidenceLevel,
    SortedMap<String, List<Rung>> ladders,
    Figures certification,
    Figures selection,
    SortedMap<Bound, Limit> certified,
    int tests,
    double testLevel,
    Step root,
    List<CascadeNode> nodes,
    List<RungCounts> rungs)
    implements CascadeChoice, ModelPlan {
  public CascadePlan {
    requireNonNull(bounds, "bounds is null");
    requireNonNull(maximize, "maximize is null");
    SortedMap<String, List<Rung>> copy = new TreeMap<>();
    for (Map.Entry<String, List<Rung>> ladder : ladders.entrySet()) {
      checkLadder(ladder.getKey(), ladder.getValue());
      copy.put(ladder.getKey(), List.copyOf(ladder.getValue()));
    }
    ladders = Collections.unmodifiableSortedMap(copy);
    requireNonNull(certification, "certification is null");
    requireNonNull(selection, "selection is null");
    certified = Collections.unmodifiableSortedMap(new TreeMap<>(certified));
    requireNonNull(root, "root is null");
    nodes = List.copyOf(nodes);
    rungs = List.copyOf(rungs);
    int steps = ladders.values().stream().mapToInt(List::size).sum();
    if (!rungs.isEmpty() && rungs.size() != steps) {
      throw new IllegalArgumentException(rungs.size() + " counts of " + steps + " rungs");
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).id() != i) {
        throw new IllegalArgumentException("node " + nodes.get(i).id() + " is at index " + i);
      }
    }
  }

  private static void checkLadder(String className, List<Rung> rungs) {
    if (rungs.isEmpty() || !rungs.get(rungs.size() - 1).isFinal()) {
      throw new IllegalArgumentException("the last rung does not always answer: " + className);
    }
    if (rungs.stream().map(Rung::model).distinct().count() < rungs.size()) {
      throw new IllegalArgumentException("a model occurs twice in the ladder of " + className);
    }
  }

  /** The same plan with its expected answers. */
  CascadePlan withRungs(List<RungCounts> expected) {
    return new CascadePlan(
        bounds,
        maximize,
        confidenceLevel,
        ladders,
        certification,
        selection,
        certified,
        tests,
        testLevel,
        root,
        nodes,
        expected);
  }

  @Override
  public SortedSet<String> models() {
    SortedSet<String> models = new TreeSet<>();
    nodes.forEach(node -> models.add(node.model()));
    return models;
  }

  @Override
  public Strategy strategy() {
    return Strategy.CASCADE;
  }

  @Override
  public SortedMap<String, List<String>> assignment() {
    SortedMap<String, List<String>> assignment = new TreeMap<>();
    ladders.forEach(
        (name, rungs) -> assignment.put(name, rungs.stream().map(Rung::model).toList()));
    return assignment;
  }

  @Override
  public int size() {
    return nodes.size();
  }

  @Override
  public List<PlanNode> outline() {
    return nodes.stream().map(CascadePlan::outline).toList();
  }

  private static PlanNode outline(CascadeNode node) {
    List<PlanNode.PlanBranch> next =
        node.next().stream()
            .map(branch -> new PlanNode.PlanBranch(when(branch), branch.step()))
            .toList();
    return new PlanNode(
        node.id(),
        List.of(new PlanNode.Run(node.model(), List.copyOf(node.reads().keySet()))),
        node.costMillis(),
        node.reach(),
        next);
  }

  private static String when(CascadeBranch branch) {
    return branch.when().entrySet().stream()
        .map(
            e ->
                switch (e.getValue()) {
                  case NO -> "no " + e.getKey();
                  case YES -> e.getKey();
                  case UNSURE -> "perhaps " + e.getKey();
                })
        .collect(Collectors.joining(", "));
  }

  @Override
  public double expectedCostMillis() {
    return certification.expectedCostMillis();
  }

  @Override
  public Quality quality() {
    return certification.quality();
  }

  @Override
  public String totals() {
    return CascadeText.ladders(this) + "\n" + CascadeText.totals(this);
  }

  @Override
  public Map<String, Object> document(double planningMillis) {
    return CascadeDocument.toTree(this, planningMillis);
  }

  @Override
  public List<String> guarantees() {
    return certified.entrySet().stream()
        .map(
            limit ->
                String.format(
                    Locale.ROOT,
                    "%s at least %.4f with confidence %s",
                    limit.getKey().measureWord(),
                    limit.getValue().lower(),
                    CascadeRefusals.number(confidenceLevel)))
        .toList();
  }

  /**
   * The lowest score that a model's rungs distinguish from 0; empty if the model has no threshold
   * above 0.
   */
  public OptionalDouble lowestThreshold(String model) {
    return ladders.values().stream()
        .flatMap(List::stream)
        .filter(rung -> rung.model().equals(model))
        .flatMapToDouble(rung -> DoubleStream.of(rung.noBelow(), rung.yesFrom()))
        .filter(threshold -> threshold > 0)
        .min();
  }
}
