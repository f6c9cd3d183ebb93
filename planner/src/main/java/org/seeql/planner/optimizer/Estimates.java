package org.seeql.planner.optimizer;

import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;

/**
 * What assignments are worth in a world. Keeps buffers between calls, so it is not thread-safe; the
 * work that calls take is counted.
 */
interface Estimates {

  static Estimates of(Instance instance, World world, SearchBudget work) {
    return world instanceof PresenceSample sample
        ? new SampleEstimates(instance, sample, work)
        : new IndependentEstimates(instance, (Priors) world, work);
  }

  /** How often the plans of an assignment are right: the same for all of them. */
  Quality quality(int[] assignment);

  /** The same as if one class were always answered right. */
  Quality qualityIfPerfect(int[] assignment, int variable);

  /** How often a model is right about a class. */
  double accuracy(int model, int variable);

  /** The expected cost of the best plan that a strategy makes of an assignment, in milliseconds. */
  double cost(Strategy strategy, int[] assignment);

  /** Whether that cost is the least; else the strategy may make a cheaper plan of it. */
  boolean isExact(Strategy strategy, int[] assignment);

  /** What no plan of the strategy costs less than; quick wherever the cost is exact. */
  double floor(Strategy strategy, int[] assignment);

  /** About how much work it is to look at one assignment. */
  double steps();

  /** For about which share of the images the best plan runs the model of each class. */
  double[] reach(Strategy strategy, int[] assignment);

  /** The best plan that a strategy makes of an assignment. */
  PlanGraph graph(Strategy strategy, int[] assignment);
}
