package org.seeql.planner.optimizer;

import java.util.Arrays;
import org.seeql.planner.predicate.DecisionDiagram;

/** The distribution of images over the residual predicates, for independent classes. */
final class ResidualDistribution implements OrderCosts.Spread<ResidualDistribution.Shares> {

  /** The possible residual predicates, and the share of each. */
  @SuppressWarnings("ArrayRecordComponent") // read in inner loops
  record Shares(int[] rests, double[] shares) {}

  private final DecisionDiagram diagram;
  private final int function;
  private final double[] no;
  private final double[] yes;
  private final SearchBudget work;

  private int[] place = new int[64];
  private int[] rests = new int[64];
  private double[] shares = new double[64];
  private int size;

  /**
   * @param no P(no) by variable
   * @param yes P(yes) by variable
   */
  ResidualDistribution(
      DecisionDiagram diagram, int function, double[] no, double[] yes, SearchBudget work) {
    this.diagram = diagram;
    this.function = function;
    this.no = no;
    this.yes = yes;
    this.work = work;
  }

  @Override
  public Shares start() {
    return new Shares(new int[] {function}, new double[] {1});
  }

  @Override
  public double need(Shares spread, int classes) {
    work.add(spread.rests().length);
    double need = 0;
    for (int i = 0; i < spread.rests().length; i++) {
      if ((diagram.support(spread.rests()[i]) & classes) != 0) {
        need += spread.shares()[i];
      }
    }
    return need;
  }

  @Override
  public Shares after(Shares before, int classes) {
    size = 0;
    for (int i = 0; i < before.rests().length; i++) {
      spread(before.rests()[i], before.shares()[i], classes);
    }
    return new Shares(Arrays.copyOf(rests, size), Arrays.copyOf(shares, size));
  }

  private void spread(int rest, double share, int classes) {
    int open = classes & diagram.support(rest);
    work.add(1);
    if (open != 0) {
      int variable = Integer.numberOfTrailingZeros(open);
      int others = open & open - 1;
      spread(diagram.rest(rest, variable, false), share * no[variable], others);
      spread(diagram.rest(rest, variable, true), share * yes[variable], others);
    } else if (!diagram.isConstant(rest)) {
      add(rest, share);
    }
  }

  private void add(int rest, double share) {
    if (rest >= place.length) {
      place = Arrays.copyOf(place, Math.max(2 * place.length, diagram.size()));
    }
    int at = place[rest];
    if (at >= size || rests[at] != rest) {
      if (size == rests.length) {
        rests = Arrays.copyOf(rests, 2 * size);
        shares = Arrays.copyOf(shares, 2 * size);
      }
      at = size++;
      place[rest] = at;
      rests[at] = rest;
      shares[at] = 0;
    }
    shares[at] += share;
  }
}
