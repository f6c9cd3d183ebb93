package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.optimizer.Step;

/**
 * The way of one image through the graph of a plan. At each node one model runs. Its scores, and
 * those of the models before, choose the branch. For one thread at a time.
 */
public final class CascadeWalk {
  private final CascadePlan plan;
  private final Readings readings;

  /** The scores of the models that have run, by model and class. */
  private final Map<String, Map<String, ? extends Number>> scores = new HashMap<>();

  /** Receives each rung that is evaluated. */
  @FunctionalInterface
  public interface Readings {
    /**
     * A rung has been evaluated.
     *
     * @param rung its index in the ladder of the class
     */
    void read(String className, int rung, double score, Verdict verdict);
  }

  public CascadeWalk(CascadePlan plan, Readings readings) {
    this.plan = requireNonNull(plan, "plan is null");
    this.readings = requireNonNull(readings, "readings is null");
  }

  /**
   * The step after a node.
   *
   * @param ofModel the scores of the node's model by class
   */
  public Step step(int id, Map<String, ? extends Number> ofModel) {
    CascadeNode node = plan.nodes().get(id);
    scores.put(node.model(), ofModel);
    Map<String, Verdict> verdicts = new HashMap<>();
    node.reads().forEach((name, rung) -> verdicts.put(name, evaluate(name, rung)));
    List<CascadeBranch> fitting =
        node.next().stream().filter(branch -> fits(branch, verdicts)).toList();
    if (fitting.size() != 1) {
      throw new IllegalStateException(
          "%d branches of node %d match the verdicts %s"
              .formatted(fitting.size(), node.id(), verdicts));
    }
    return fitting.get(0).step();
  }

  private static boolean fits(CascadeBranch branch, Map<String, Verdict> verdicts) {
    return verdicts.entrySet().containsAll(branch.when().entrySet());
  }

  /** The verdict of the rungs from an index on whose models have run. */
  private Verdict evaluate(String className, int from) {
    List<Rung> ladder = plan.ladders().get(className);
    Verdict verdict = Verdict.UNSURE;
    for (int i = from; i < ladder.size() && verdict == Verdict.UNSURE; i++) {
      Rung rung = ladder.get(i);
      if (!scores.containsKey(rung.model())) {
        break;
      }
      double score = scores.get(rung.model()).get(className).doubleValue();
      verdict = rung.verdict(score);
      readings.read(className, i, score, verdict);
    }
    return verdict;
  }
}
