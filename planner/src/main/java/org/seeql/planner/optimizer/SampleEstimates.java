package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.predicate.DecisionDiagram;

/** Estimates over labelled images: truth as in their rows, answers by rates or row by row. */
final class SampleEstimates implements Estimates {
  // sets of models times vectors of answers; beyond, one order takes the place of the best next one
  private static final double MOST_STATES = 4e6;

  private final Instance instance;
  private final ClassSkill[][] skills;
  private final boolean[] holds;
  private final Work work;

  /** Rows that are alike in all that matters are one. */
  private final int[] row;

  private final int[] truth;
  private final double[] weights;

  SampleEstimates(Instance instance, PresenceSample sample, Work work) {
    this.instance = instance;
    this.work = work;
    int variables = instance.variables();
    skills = new ClassSkill[variables][instance.models().size()];
    for (int variable = 0; variable < variables; variable++) {
      for (int model : instance.candidates(variable)) {
        skills[variable][model] =
            instance.models().get(model).classes().get(instance.className(variable));
      }
    }
    holds = truthTable(instance);
    Map<String, Integer> kinds = new LinkedHashMap<>();
    int[] kindOf = new int[sample.rows().size()];
    for (int r = 0; r < kindOf.length; r++) {
      kindOf[r] = kinds.merge(kind(sample, r), kinds.size(), (known, more) -> known);
    }
    row = new int[kinds.size()];
    truth = new int[kinds.size()];
    weights = new double[kinds.size()];
    double total = sample.weights().stream().mapToDouble(w -> w).sum();
    for (int r = 0; r < kindOf.length; r++) {
      row[kindOf[r]] = r;
      truth[kindOf[r]] = truthOf(sample, r);
      weights[kindOf[r]] += sample.weights().get(r) / total;
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

  private int truthOf(PresenceSample sample, int r) {
    int values = 0;
    for (int variable = 0; variable < instance.variables(); variable++) {
      int column = sample.classes().indexOf(instance.className(variable));
      if (sample.rows().get(r).charAt(column) == '1') {
        values |= 1 << variable;
      }
    }
    return values;
  }

  /** The truth and all answers of a row. */
  private String kind(PresenceSample sample, int r) {
    StringBuilder kind = new StringBuilder().append(truthOf(sample, r)).append(' ');
    for (int variable = 0; variable < instance.variables(); variable++) {
      for (int model : instance.candidates(variable)) {
        if (skills[variable][model] instanceof ClassSkill.Answers said) {
          kind.append(said.saysYes(r) ? '1' : '0');
        }
      }
    }
    return kind.toString();
  }

  /** The shares of the vectors of answers among the images where the predicate is so in truth. */
  private double[] shares(int[] assignment, boolean inTruth) {
    double[] shares = new double[holds.length];
    int variables = assignment.length;
    for (int kind = 0; kind < row.length; kind++) {
      if (holds[truth[kind]] == inTruth) {
        shares[vector(assignment, kind)] += weights[kind];
      }
    }
    work.add(row.length + (long) variables * shares.length);
    for (int variable = 0; variable < variables; variable++) {
      if (skills[variable][assignment[variable]] instanceof ClassSkill.Rates rates) {
        answer(shares, 1 << variable, rates);
      }
    }
    return shares;
  }

  /** What is said about a row, with the truth in place of what is said by rates. */
  private int vector(int[] assignment, int kind) {
    int vector = truth[kind];
    for (int variable = 0; variable < assignment.length; variable++) {
      if (skills[variable][assignment[variable]] instanceof ClassSkill.Answers said) {
        int bit = 1 << variable;
        vector = said.saysYes(row[kind]) ? vector | bit : vector & ~bit;
      }
    }
    return vector;
  }

  /** Puts the answer about one class in the place of its truth. */
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
  public Quality quality(int[] assignment) {
    double[] wanted = shares(assignment, true);
    double[] unwanted = shares(assignment, false);
    double[] ends = new double[PairWalk.COMBINATIONS];
    for (int vector = 0; vector < holds.length; vector++) {
      int answer = holds[vector] ? 1 : 0;
      ends[answer] += unwanted[vector];
      ends[2 + answer] += wanted[vector];
    }
    return new Quality(ends[3], ends[1], ends[2], ends[0]);
  }

  @Override
  public Quality qualityIfPerfect(int[] assignment, int variable) {
    int model = assignment[variable];
    ClassSkill real = skills[variable][model];
    skills[variable][model] = new ClassSkill.Rates(1, 0);
    Quality quality = quality(assignment);
    skills[variable][model] = real;
    return quality;
  }

  @Override
  public double accuracy(int model, int variable) {
    double right = 0;
    for (int kind = 0; kind < row.length; kind++) {
      boolean shown = (truth[kind] & (1 << variable)) != 0;
      if (skills[variable][model] instanceof ClassSkill.Rates rates) {
        right += weights[kind] * (shown ? rates.truePositiveRate() : 1 - rates.falsePositiveRate());
      } else if (((ClassSkill.Answers) skills[variable][model]).saysYes(row[kind]) == shown) {
        right += weights[kind];
      }
    }
    return right;
  }

  private AnswerVectors vectors(int[] assignment) {
    double[] wanted = shares(assignment, true);
    double[] unwanted = shares(assignment, false);
    int[] possible =
        IntStream.range(0, holds.length).filter(v -> wanted[v] + unwanted[v] > 0).toArray();
    double[] shares = IntStream.of(possible).mapToDouble(v -> wanted[v] + unwanted[v]).toArray();
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

  private Optional<AnswerCosts> adaptive(Strategy strategy, Groups groups, AnswerVectors vectors) {
    boolean isSmall = Math.pow(2, groups.count()) * vectors.count() <= MOST_STATES;
    return strategy == Strategy.OPTIMAL && isSmall
        ? Optional.of(
            new AnswerCosts(instance.diagram(), instance.function(), groups, vectors, work))
        : Optional.empty();
  }

  /** For the best next model the reach in the best order, which is much quicker to find. */
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
            ? RestPolicy.allAtOnce(instance.function(), groups)
            : adaptive(strategy, groups, vectors)
                .<PlanShape.Policy>map(costs -> costs)
                .orElseGet(
                    () ->
                        RestPolicy.ofOrder(
                            instance, groups, OrderCosts.best(groups, vectors).groups()));
    PlanShape shape = PlanShape.of(instance, groups, policy);
    return PlanGraph.of(instance, groups, shape, vectors.reach(shape));
  }
}
