package org.seeql.planner.optimizer;

import java.util.Arrays;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * The joint answers of an assignment's models for all classes, with the frequency of each.
 * Describes how images distribute where answers are correlated. The spread holds the residual
 * predicate of each vector.
 */
final class AnswerVectors implements OrderCosts.Spread<int[]> {
  private final DecisionDiagram diagram;
  private final int function;
  private final int[] vectors;
  private final double[] shares;
  private final SearchBudget work;

  /**
   * @param vectors those with a positive share, one bit per variable
   * @param shares of the images, above 0, by vector
   */
  AnswerVectors(
      DecisionDiagram diagram, int function, int[] vectors, double[] shares, SearchBudget work) {
    this.diagram = diagram;
    this.function = function;
    this.vectors = vectors;
    this.shares = shares;
    this.work = work;
  }

  int count() {
    return vectors.length;
  }

  int[] vectors() {
    return vectors.clone();
  }

  double[] shares() {
    return shares.clone();
  }

  @Override
  public int[] start() {
    int[] rests = new int[vectors.length];
    Arrays.fill(rests, function);
    return rests;
  }

  @Override
  public int[] after(int[] before, int classes) {
    int[] rests = before.clone();
    work.add(rests.length);
    for (int i = 0; i < rests.length; i++) {
      for (int open = classes; open != 0; open &= open - 1) {
        int variable = Integer.numberOfTrailingZeros(open);
        rests[i] = diagram.rest(rests[i], variable, (vectors[i] & (1 << variable)) != 0);
      }
    }
    return rests;
  }

  @Override
  public double need(int[] spread, int classes) {
    work.add(spread.length);
    double need = 0;
    for (int i = 0; i < spread.length; i++) {
      if ((diagram.support(spread[i]) & classes) != 0) {
        need += shares[i];
      }
    }
    return need;
  }

  /** The share of the images that reach each node of a plan. */
  double[] reach(PlanShape shape) {
    double[] reach = new double[shape.nodes().size()];
    for (int i = 0; i < vectors.length; i++) {
      int place = shape.root();
      while (!PlanShape.isDecided(place)) {
        reach[place] += shares[i];
        int vector = vectors[i];
        place =
            shape.nodes().get(place).arcs().stream()
                .filter(arc -> arc.fits(vector))
                .findFirst()
                .orElseThrow()
                .to();
      }
    }
    return reach;
  }
}
