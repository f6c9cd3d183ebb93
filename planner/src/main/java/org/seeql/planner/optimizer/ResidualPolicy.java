package org.seeql.planner.optimizer;

import java.util.function.IntUnaryOperator;
import org.seeql.planner.optimizer.PlanShape.Situation;

/** A policy that depends only on the residual predicate. */
record ResidualPolicy(int function, IntUnaryOperator group) implements PlanShape.Policy {

  /** Runs the first group of an order that still matters. */
  static ResidualPolicy ofOrder(Instance instance, Groups groups, int[] order) {
    return new ResidualPolicy(
        instance.function(),
        rest -> {
          for (int group : order) {
            if ((groups.classes()[group] & instance.diagram().support(rest)) != 0) {
              return group;
            }
          }
          throw new IllegalStateException("no model of the order answers the remaining predicate");
        });
  }

  @Override
  public Situation start() {
    return new Situation(function, Situation.FORGOTTEN, 0);
  }

  @Override
  public int[] next(Situation situation) {
    return new int[] {group.applyAsInt(situation.rest())};
  }

  @Override
  public Situation after(Situation before, int rest, int answered, int answers) {
    return new Situation(rest, Situation.FORGOTTEN, 0);
  }

  /** Runs all models of an assignment at once. */
  static PlanShape.Policy allAtOnce(int function, Groups groups) {
    int[] all = java.util.stream.IntStream.range(0, groups.count()).toArray();
    ResidualPolicy none = new ResidualPolicy(function, rest -> 0);
    return new PlanShape.Policy() {
      @Override
      public Situation start() {
        return none.start();
      }

      @Override
      public int[] next(Situation situation) {
        return all.clone();
      }

      @Override
      public Situation after(Situation before, int rest, int answered, int answers) {
        return none.after(before, rest, answered, answers);
      }
    };
  }
}
