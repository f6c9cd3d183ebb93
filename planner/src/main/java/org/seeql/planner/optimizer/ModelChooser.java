package org.seeql.planner.optimizer;

import java.util.List;
import java.util.Optional;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.predicate.PredicateFunction;

/** Chooses the models that answer a predicate. Pure and thread-safe. */
public final class ModelChooser {
  private ModelChooser() {}

  /**
   * The best plan of the requested strategy, or the reason why there is none. Deterministic: the
   * order of the models does not matter. Only a timeout that cuts the search short can change the
   * choice.
   */
  public static Choice choose(ChoiceProblem problem) {
    return choose(problem, Asking.WHICHEVER_IS_BEST);
  }

  /** The best plan among those that ask one model about each class in all branches. */
  public static Choice chooseOneModelEach(ChoiceProblem problem) {
    return choose(problem, Asking.ONE_MODEL_EACH);
  }

  private enum Asking {
    WHICHEVER_IS_BEST,
    ONE_MODEL_EACH
  }

  private static Choice choose(ChoiceProblem problem, Asking asking) {
    List<String> names = PredicateFunction.classNames(problem.predicate());
    if (names.size() > PredicateFunction.MAX_CLASSES) {
      return Refusals.tooManyClasses(problem, names);
    }
    PredicateFunction function = PredicateFunction.of(problem.predicate());
    Optional<Refusal> refusal = Refusals.ofClasses(problem, function.classes());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Instance instance = new Instance(function, problem.models());
    if (instance.variables() == 0) {
      return Plans.decided(problem, instance);
    }
    SearchBudget work = new SearchBudget(problem.timeout());
    Estimates estimates = Estimates.of(instance, problem.world(), work);
    Goal goal = Goal.of(problem.bounds(), problem.maximize(), confidence(problem));
    Outcome outcome = search(problem.strategy(), instance, estimates, goal, work);
    if (!(outcome instanceof Outcome.Found found)) {
      return refusal(problem.strategy(), instance, estimates, goal, outcome);
    }
    Optional<DecisionPlan> better =
        asking == Asking.WHICHEVER_IS_BEST
            ? contingent(problem, instance, estimates, goal, found.plan(), work)
            : Optional.empty();
    return better.orElseGet(() -> Plans.of(problem, instance, estimates, found));
  }

  private static Optional<DecisionPlan> contingent(
      ChoiceProblem problem,
      Instance instance,
      Estimates estimates,
      Goal goal,
      Evaluated plan,
      SearchBudget work) {
    if (problem.strategy() != Strategy.OPTIMAL
        || !(estimates instanceof IndependentEstimates independent)
        || !ContingentPlans.mayHelp(goal, instance.variables())
        || work.isLate()) {
      return Optional.empty();
    }
    return new ContingentPlans(instance, independent, goal, plan.assignment())
        .betterThan(plan)
        .map(better -> Plans.of(problem, better, Search.floor(instance, independent, work)));
  }

  /** The choices of all strategies that use answers, in their order. */
  public static List<Choice> chooseByEach(ChoiceProblem problem) {
    return Strategy.OF_ANSWERS.stream().map(s -> choose(problem.with(s))).toList();
  }

  private static Optional<ConfidenceInterval> confidence(ChoiceProblem problem) {
    return problem.confidenceLevel().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ConfidenceInterval.of(
                problem.confidenceLevel().getAsDouble(), (PresenceSample) problem.world()));
  }

  private static Outcome search(
      Strategy strategy, Instance instance, Estimates estimates, Goal goal, SearchBudget work) {
    if (strategy == Strategy.BASELINE) {
      return new Baseline(instance, estimates, goal).run();
    }
    return Enumeration.isFeasible(instance, estimates)
        ? new Enumeration(instance, estimates, strategy, goal, work).run()
        : new Search(instance, estimates, strategy, goal, work).run();
  }

  private static Refusal refusal(
      Strategy strategy, Instance instance, Estimates estimates, Goal goal, Outcome outcome) {
    if (outcome instanceof Outcome.OutOfCost cost) {
      return Refusals.ofCost(strategy, goal, cost);
    }
    return Refusals.ofQuality(instance, estimates, strategy, goal, (Outcome.OutOfQuality) outcome);
  }
}
