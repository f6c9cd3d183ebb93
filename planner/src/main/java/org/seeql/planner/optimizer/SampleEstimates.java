package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * Estimates over labelled images: the truth from their rows, the answers from rates or row by row.
 */
final class SampleEstimates implements Estimates {
  // sets of models times vectors of answers; beyond this, a fixed order replaces the best next
  // model
  private static final double MAX_STATES = 4e6;

  private final Instance instance;
  private final ClassSkill[][] skills;
  private final boolean[] holds;
  private final SampleRows rows;
  private final Pivots pivots;
  private final SearchBudget work;

  private int[] last = new int[0];
  private double[] lastShares = new double[0];

  SampleEstimates(Instance instance, PresenceSample sample, SearchBudget work) {
    this.instance = instance;
    this.work = work;
    holds = truthTable(instance);
    rows = new SampleRows(instance, sample, holds, work);
    pivots = new Pivots(holds);
    skills = new ClassSkill[instance.variables()][instance.models().size() + 1];
    for (int variable = 0; variable < skills.length; variable++) {
      for (int model : instance.candidates(variable)) {
        skills[variable][model] =
            instance.models().get(model).classes().get(instance.className(variable));
      }
      skills[variable][rows.truthful()] = new ClassSkill.Rates(1, 0);
    }
  }

  private static boolean[] truthTable(Instance instance) {
    boolean[] holds = new boolean[1 << instance.variables()];
    for (int values = 0; values < holds.length; values++) {
      int rest = instance.function();
      while (!instance.diagram().isConstant(rest)) {
        int variable = instance.diagram().variable(rest);
        rest = instance.diagram().rest(rest, variable, (values & (1 << variable)) != 0);
      }
      holds[values] = rest == DecisionDiagram.TRUE;
    }
    return holds;
  }

  /**
   * The shares of the answer vectors. The first half is for images where the predicate does not
   * hold in truth, the second half for images where it holds.
   */
  private double[] shares(int[] assignment) {
    if (!Arrays.equals(assignment, last)) {
      lastShares = rows.shares(assignment);
      last = assignment.clone();
      for (int variable = 0; variable < assignment.length; variable++) {
        if (skills[variable][assignment[variable]] instanceof ClassSkill.Rates rates) {
          work.add(lastShares.length);
          answer(lastShares, 1 << variable, rates);
        }
      }
    }
    return lastShares;
  }

  /** The same, summed over the truth. */
  private double[] allShares(int[] assignment) {
    double[] shares = shares(assignment);
    double[] all = Arrays.copyOf(shares, holds.length);
    for (int vector = 0; vector < holds.length; vector++) {
      all[vector] += shares[holds.length + vector];
    }
    return all;
  }

  /** Replaces the truth about one class with the answer. */
  private static void answer(double[] shares, int bit, ClassSkill.Rates rates) {
    double tpr = rates.truePositiveRate();
    double fpr = rates.falsePositiveRate();
    for (int vector = 0; vector < shares.length; vector++) {
      if ((vector & bit) == 0) {
        double not = shares[vector];
        double shown = shares[vector | bit];
        shares[vector] = not * (1 - fpr) + shown * (1 - tpr);
        shares[vector | bit] = not * fpr + shown * tpr;
      }
    }
  }

  @Override
  public double steps() {
    return rows.count() + 2.0 * holds.length;
  }

  @Override
  public Quality quality(int[] assignment) {
    double[] shares = shares(assignment);
    double[] ends = new double[PairWalk.COMBINATIONS];
    for (int vector = 0; vector < holds.length; vector++) {
      int answer = holds[vector] ? 1 : 0;
      ends[answer] += shares[vector];
      ends[2 + answer] += shares[holds.length + vector];
    }
    return new Quality(ends[3], ends[1], ends[2], ends[0]);
  }

  @Override
  public Quality qualityIfPerfect(int[] assignment, int variable) {
    int[] perfect = assignment.clone();
    perfect[variable] = rows.truthful();
    return quality(perfect);
  }

  @Override
  public double accuracy(int model, int variable) {
    double right = rows.share(variable, model, 1, 1);
    double rightNot = rows.share(variable, model, 0, 0);
    return skills[variable][model] instanceof ClassSkill.Rates rates
        ? right * rates.truePositiveRate() + rightNot * (1 - rates.falsePositiveRate())
        : right + rightNot;
  }

  private AnswerVectors vectors(int[] assignment) {
    double[] all = allShares(assignment);
    int[] possible = IntStream.range(0, all.length).filter(v -> all[v] > 0).toArray();
    double[] shares = IntStream.of(possible).mapToDouble(v -> all[v]).toArray();
    return new AnswerVectors(instance.diagram(), instance.function(), possible, shares, work);
  }

  @Override
  public double cost(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    if (strategy == Strategy.BASELINE || strategy == Strategy.BASIC) {
      return groups.totalCost();
    }
    AnswerVectors vectors = vectors(assignment);
    return adaptive(strategy, groups, vectors)
        .map(AnswerCosts::cost)
        .orElseGet(() -> OrderCosts.best(groups, vectors).cost());
  }

  @Override
  public boolean isExact(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    return switch (strategy) {
      case BASELINE, BASIC -> true;
      case ORDER -> OrderCosts.isExact(groups);
      case OPTIMAL -> isSmall(groups, vectors(assignment));
      case CASCADE -> throw strategy.notSupported();
    };
  }

  @Override
  public double floor(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    return strategy == Strategy.BASELINE || strategy == Strategy.BASIC
        ? groups.totalCost()
        : pivots.floor(groups, allShares(assignment));
  }

  private static boolean isSmall(Groups groups, AnswerVectors vectors) {
    return Math.pow(2, groups.count()) * vectors.count() <= MAX_STATES;
  }

  private Optional<AnswerCosts> adaptive(Strategy strategy, Groups groups, AnswerVectors vectors) {
    return strategy == Strategy.OPTIMAL && isSmall(groups, vectors)
        ? Optional.of(
            new AnswerCosts(instance.diagram(), instance.function(), groups, vectors, work))
        : Optional.empty();
  }

  /** For {@code OPTIMAL}, the reach in the best order, which is much faster to compute. */
  @Override
  public double[] reach(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    double[] byGroup = new double[groups.count()];
    if (strategy == Strategy.BASELINE || strategy == Strategy.BASIC) {
      Arrays.fill(byGroup, 1);
    } else {
      byGroup = OrderCosts.best(groups, vectors(assignment)).reach();
    }
    return groups.byVariable(byGroup, assignment.length);
  }

  @Override
  public PlanGraph graph(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    AnswerVectors vectors = vectors(assignment);
    PlanShape.Policy policy =
        strategy == Strategy.BASELINE || strategy == Strategy.BASIC
            ? ResidualPolicy.allAtOnce(instance.function(), groups)
            : adaptive(strategy, groups, vectors)
                .<PlanShape.Policy>map(costs -> costs)
                .orElseGet(
                    () ->
                        ResidualPolicy.ofOrder(
                            instance, groups, OrderCosts.best(groups, vectors).groups()));
    PlanShape shape = PlanShape.of(instance, groups, policy);
    return PlanGraph.of(instance, groups, shape, vectors.reach(shape));
  }
}
