package org.seeql.job.find;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredWord;
import org.seeql.job.find.StoredPlan.StoredStep;
import org.seeql.planner.cascade.CascadeBranch;
import org.seeql.planner.cascade.CascadeNode;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Figures;
import org.seeql.planner.cascade.Limit;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.RungCounts;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Quality;

/**
 * The JSON form of a cascade. The plan can be restored from it without loss.
 *
 * @param rungs null if an earlier version has stored the plan
 */
record StoredCascade(
    Map<Bound, Double> bounds,
    Measure maximize,
    double confidenceLevel,
    SortedMap<String, List<StoredRung>> ladders,
    StoredFigures certification,
    StoredFigures selection,
    Map<Bound, StoredLimit> certified,
    int tests,
    double testLevel,
    StoredStep root,
    List<StoredNode> nodes,
    List<RungCounts> rungs) {

  record StoredRung(String model, double noBelow, double yesFrom) {}

  /**
   * Cost and quality on a half.
   *
   * @param quality shares of true and false positives, and of false and true negatives
   */
  record StoredFigures(int rows, double costMillis, List<Double> quality) {
    private static StoredFigures of(Figures figures) {
      Quality quality = figures.quality();
      return new StoredFigures(
          figures.rows(),
          figures.expectedCostMillis(),
          List.of(
              quality.truePositive(),
              quality.falsePositive(),
              quality.falseNegative(),
              quality.trueNegative()));
    }

    private Figures restore() {
      return new Figures(
          rows,
          costMillis,
          new Quality(quality.get(0), quality.get(1), quality.get(2), quality.get(3)));
    }
  }

  record StoredLimit(double lower, int successes, int trials) {}

  record StoredNode(
      int id,
      String model,
      SortedMap<String, Integer> reads,
      double costMillis,
      double reach,
      List<StoredBranch> next) {}

  /** A branch, with the word of the verdict for each class. */
  record StoredBranch(SortedMap<String, String> when, StoredStep step) {}

  static StoredCascade of(CascadePlan plan) {
    SortedMap<String, List<StoredRung>> ladders = new TreeMap<>();
    plan.ladders()
        .forEach(
            (name, rungs) ->
                ladders.put(
                    name,
                    rungs.stream()
                        .map(r -> new StoredRung(r.model(), r.noBelow(), r.yesFrom()))
                        .toList()));
    Map<Bound, StoredLimit> certified = new TreeMap<>();
    plan.certified()
        .forEach(
            (bound, limit) ->
                certified.put(
                    bound, new StoredLimit(limit.lower(), limit.successes(), limit.trials())));
    return new StoredCascade(
        plan.bounds().values(),
        plan.maximize(),
        plan.confidenceLevel(),
        ladders,
        StoredFigures.of(plan.certification()),
        StoredFigures.of(plan.selection()),
        certified,
        plan.tests(),
        plan.testLevel(),
        StoredStep.of(plan.root()),
        plan.nodes().stream().map(StoredCascade::store).toList(),
        plan.rungs());
  }

  private static StoredNode store(CascadeNode node) {
    return new StoredNode(
        node.id(),
        node.model(),
        node.reads(),
        node.costMillis(),
        node.reach(),
        node.next().stream().map(StoredCascade::store).toList());
  }

  private static StoredBranch store(CascadeBranch branch) {
    SortedMap<String, String> when = new TreeMap<>();
    branch.when().forEach((name, verdict) -> when.put(name, verdict.word()));
    return new StoredBranch(when, StoredStep.of(branch.step()));
  }

  /**
   * Restores the plan.
   *
   * @param runId the run, for the message
   * @throws RefusalException if a newer version has written it
   */
  CascadePlan toPlan(String runId) {
    SortedMap<String, List<Rung>> restored = new TreeMap<>();
    ladders.forEach(
        (name, rungs) ->
            restored.put(
                name,
                rungs.stream().map(r -> new Rung(r.model(), r.noBelow(), r.yesFrom())).toList()));
    SortedMap<Bound, Limit> limits = new TreeMap<>();
    certified.forEach(
        (bound, limit) ->
            limits.put(bound, new Limit(limit.lower(), limit.successes(), limit.trials())));
    return new CascadePlan(
        new Bounds(new TreeMap<>(bounds)),
        maximize,
        confidenceLevel,
        restored,
        certification.restore(),
        selection.restore(),
        limits,
        tests,
        testLevel,
        root.toStep(runId),
        nodes.stream().map(node -> restore(node, runId)).toList(),
        rungs == null ? List.of() : rungs);
  }

  private static CascadeNode restore(StoredNode node, String runId) {
    return new CascadeNode(
        node.id(),
        node.model(),
        node.reads(),
        node.costMillis(),
        node.reach(),
        node.next().stream().map(branch -> restore(branch, runId)).toList());
  }

  private static CascadeBranch restore(StoredBranch branch, String runId) {
    SortedMap<String, Verdict> when = new TreeMap<>();
    branch
        .when()
        .forEach(
            (name, word) ->
                when.put(
                    name, StoredWord.ofRun(runId, "verdict of the plan", word, Verdict::ofWord)));
    return new CascadeBranch(when, branch.step().toStep(runId));
  }
}
