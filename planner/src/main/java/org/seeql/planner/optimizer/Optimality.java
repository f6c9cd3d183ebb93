package org.seeql.planner.optimizer;

import java.io.Serializable;

/** How good a plan is among all that its strategy could have chosen. */
public sealed interface Optimality extends Serializable {

  /** None is better: proved. */
  record Exact() implements Optimality {}

  /** The least cost is sought, and none costs less than this. */
  record LowerBound(double costMillis) implements Optimality {}

  /** The greatest quality is sought, and none is above this. */
  record UpperBound(double value) implements Optimality {}
}
