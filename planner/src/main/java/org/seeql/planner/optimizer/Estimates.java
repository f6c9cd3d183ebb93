package org.seeql.planner.optimizer;

import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;

/**
 * The quality and cost of assignments in a world. Reuses buffers between calls and is therefore not
 * thread-safe. Counts the work of its calls.
 */
interface Estimates {

  static Estimates of(Instance instance, World world, SearchBudget work) {
    return world instanceof PresenceSample sample
        ? new SampleEstimates(instance, sample, work)
        : new IndependentEstimates(instance, (Priors) world, work);
  }

  /** The quality of an assignment's plans; the same for all of them. */
  Quality quality(int[] assignment);

  /** The same, as if one class were always answered correctly. */
  Quality qualityIfPerfect(int[] assignment, int variable);

  /** The accuracy of a model for a class. */
  double accuracy(int model, int variable);

  /** The expected cost of the strategy's best plan for an assignment, in milliseconds. */
  double cost(Strategy strategy, int[] assignment);

  /** Whether that cost is the minimum; otherwise the strategy may have a cheaper plan. */
  boolean isExact(Strategy strategy, int[] assignment);

  /** A lower bound on the cost of the strategy's plans; fast wherever the cost is exact. */
  double floor(Strategy strategy, int[] assignment);

  /** The approximate work to evaluate one assignment. */
  double steps();

  /** The approximate share of the images for which the best plan runs the model of each class. */
  double[] reach(Strategy strategy, int[] assignment);

  /** The strategy's best plan for an assignment. */
  PlanGraph graph(Strategy strategy, int[] assignment);
}
