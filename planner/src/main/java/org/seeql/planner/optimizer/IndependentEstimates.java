package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.List;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.Priors;

/**
 * Estimates for classes that are independent of each other. Given the truth, answers are also
 * independent.
 */
final class IndependentEstimates implements Estimates {
  private final Instance instance;
  private final PairWalk walk;
  private final double[] mass;
  private final double[][][] joint;
  private final double[][] perfect;
  private final double[][][] answers;
  private final ResidualCosts costs;
  private final SearchBudget work;

  IndependentEstimates(Instance instance, Priors priors, SearchBudget work) {
    this.instance = instance;
    this.work = work;
    walk = PairWalk.of(instance.diagram(), instance.function());
    mass = new double[walk.places()];
    int variables = instance.variables();
    List<ModelProfile> models = instance.models();
    joint = new double[variables][models.size()][];
    perfect = new double[variables][];
    answers = new double[variables][models.size()][];
    for (int variable = 0; variable < variables; variable++) {
      double prior = priors.shares().get(instance.className(variable));
      perfect[variable] = joint(prior, new ClassSkill.Rates(1, 0));
      for (int model : instance.candidates(variable)) {
        ClassSkill skill = models.get(model).classes().get(instance.className(variable));
        double[] p = joint(prior, (ClassSkill.Rates) skill);
        joint[variable][model] = p;
        answers[variable][model] = new double[] {p[0] + p[2], p[1] + p[3]};
      }
    }
    costs = new ResidualCosts(instance.diagram(), answers, work);
  }

  /**
   * P(truth, answer) by {@code 2 · truth + answer}; a sum of these is 0 only if all terms are 0.
   */
  private static double[] joint(double prior, ClassSkill.Rates rates) {
    double tpr = rates.truePositiveRate();
    double fpr = rates.falsePositiveRate();
    return new double[] {
      (1 - prior) * (1 - fpr), (1 - prior) * fpr, prior * (1 - tpr), prior * tpr
    };
  }

  /** P(truth, answer) by variable and model. */
  double[][][] joint() {
    return joint;
  }

  /**
   * Stores P(truth and answer) of one class in {@code truths}.
   *
   * @param model that gave the answer; negative if there is none
   * @param truths by 2 · variable + truth
   */
  void truths(int variable, int model, int answer, double[] truths) {
    double[] p = model < 0 ? perfect[variable] : joint[variable][model];
    for (int truth = 0; truth <= 1; truth++) {
      truths[2 * variable + truth] =
          model < 0 ? p[2 * truth] + p[2 * truth + 1] : p[2 * truth + answer];
    }
  }

  PairWalk walk() {
    return walk;
  }

  /** P(no) and P(yes), by variable and model. */
  double[][][] answers() {
    return answers;
  }

  @Override
  public Quality quality(int[] assignment) {
    work.add(walk.places());
    double[] ends = walk.ends(assignment, joint, mass);
    return new Quality(ends[3], ends[1], ends[2], ends[0]);
  }

  @Override
  public Quality qualityIfPerfect(int[] assignment, int variable) {
    int model = assignment[variable];
    double[] real = joint[variable][model];
    joint[variable][model] = perfect[variable];
    Quality quality = quality(assignment);
    joint[variable][model] = real;
    return quality;
  }

  @Override
  public double accuracy(int model, int variable) {
    return joint[variable][model][0] + joint[variable][model][3];
  }

  @Override
  public double cost(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    return switch (strategy) {
      case BASELINE, BASIC -> groups.totalCost();
      case ORDER -> order(groups, assignment).cost();
      case OPTIMAL -> {
        costs.assign(groups, assignment);
        yield costs.cost(instance.function());
      }
      case CASCADE -> throw strategy.notSupported();
    };
  }

  @Override
  public boolean isExact(Strategy strategy, int[] assignment) {
    return strategy != Strategy.ORDER || OrderCosts.isExact(instance.groups(assignment));
  }

  @Override
  public double floor(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    return switch (strategy) {
      case BASELINE, BASIC -> groups.totalCost();
      // no fixed order is cheaper than the best next model
      case ORDER ->
          OrderCosts.isExact(groups) ? groups.leastCost() : cost(Strategy.OPTIMAL, assignment);
      // at least one model runs
      case OPTIMAL -> groups.leastCost();
      case CASCADE -> throw strategy.notSupported();
    };
  }

  @Override
  public double steps() {
    return walk.places();
  }

  @Override
  public double[] reach(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    double[] byGroup = new double[groups.count()];
    switch (strategy) {
      case BASELINE, BASIC -> Arrays.fill(byGroup, 1);
      case ORDER -> byGroup = order(groups, assignment).reach();
      case OPTIMAL -> {
        costs.assign(groups, assignment);
        byGroup = costs.reach(instance.function());
      }
      case CASCADE -> throw strategy.notSupported();
    }
    return groups.byVariable(byGroup, assignment.length);
  }

  @Override
  public PlanGraph graph(Strategy strategy, int[] assignment) {
    Groups groups = instance.groups(assignment);
    PlanShape.Policy policy =
        switch (strategy) {
          case BASELINE, BASIC -> ResidualPolicy.allAtOnce(instance.function(), groups);
          case ORDER ->
              ResidualPolicy.ofOrder(instance, groups, order(groups, assignment).groups());
          case OPTIMAL -> {
            costs.assign(groups, assignment);
            yield new ResidualPolicy(instance.function(), costs::next);
          }
          case CASCADE -> throw strategy.notSupported();
        };
    PlanShape shape = PlanShape.of(instance, groups, policy);
    return PlanGraph.of(instance, groups, shape, reach(shape, assignment));
  }

  private OrderCosts.Order order(Groups groups, int[] assignment) {
    int variables = instance.variables();
    double[] no = new double[variables];
    double[] yes = new double[variables];
    for (int variable = 0; variable < variables; variable++) {
      no[variable] = answers[variable][assignment[variable]][0];
      yes[variable] = answers[variable][assignment[variable]][1];
    }
    return OrderCosts.best(
        groups, new ResidualDistribution(instance.diagram(), instance.function(), no, yes, work));
  }

  private double[] reach(PlanShape shape, int[] assignment) {
    double[] reach = new double[shape.nodes().size()];
    if (!PlanShape.isDecided(shape.root())) {
      reach[shape.root()] = 1;
    }
    for (int node = 0; node < reach.length; node++) {
      for (PlanShape.Arc arc : shape.nodes().get(node).arcs()) {
        if (!PlanShape.isDecided(arc.to())) {
          reach[arc.to()] += reach[node] * probability(arc, assignment);
        }
      }
    }
    return reach;
  }

  private double probability(PlanShape.Arc arc, int[] assignment) {
    double probability = 1;
    for (int variable = 0; variable < assignment.length; variable++) {
      if ((arc.classes() & (1 << variable)) != 0) {
        int value = arc.answers() >> variable & 1;
        probability *= answers[variable][assignment[variable]][value];
      }
    }
    return probability;
  }
}
