package org.seeql.planner.cascade;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Improves a plan by changing the ladder of one class. For one thread. */
final class LadderStep {
  private static final long PAIR_WORK = 1_500_000;
  private static final int EXACT_PROPOSALS = 8;
  private static final int INSERTED_VALUES = 6;

  private final CandidateEvaluator evaluator;
  private final CascadeInstance instance;
  private final Half half;

  LadderStep(CandidateEvaluator evaluator) {
    this.evaluator = evaluator;
    this.instance = evaluator.instance();
    this.half = instance.selection();
  }

  /** Changes the ladder of one class to a single model, if this makes the plan better. */
  Optional<Candidate> findBetterSingle(Candidate base, int variable, Objective objective) {
    return find(base, variable, objective, ClassStep::proposeSingles);
  }

  /** Changes the ladder of one class in any way, if this makes the plan better. */
  Optional<Candidate> findBetter(Candidate base, int variable, Objective objective) {
    Ladder ladder = base.ladders()[variable];
    return find(
        base,
        variable,
        objective,
        step -> {
          step.proposeSingles();
          step.proposePairs(PAIR_WORK / half.truth().length);
          step.proposeNeighbours(ladder, INSERTED_VALUES);
        });
  }

  /** Changes the ladder of one class, if a proposed ladder is better. */
  private Optional<Candidate> find(
      Candidate base, int variable, Objective objective, Consumer<ClassStep> proposing) {
    Optional<Candidate> best = Optional.empty();
    for (Proposals.Proposal proposal : proposals(base, variable, objective, proposing)) {
      Ladder[] ladders = base.ladders().clone();
      ladders[variable] = proposal.ladder();
      Candidate known = best.orElse(base);
      if (CandidateEvaluator.models(ladders).size() > States.MAX_MODELS
          || objective.shortfall(proposal.counts()) > objective.shortfall(known.counts())) {
        continue;
      }
      Candidate candidate = evaluator.changed(base, ladders, proposal.counts());
      if (objective.isBetter(candidate, known)) {
        best = Optional.of(candidate);
      }
    }
    return best.map(plan -> evaluator.withBetterOrder(plan, objective));
  }

  private List<Proposals.Proposal> proposals(
      Candidate base, int variable, Objective objective, Consumer<ClassStep> proposing) {
    Ladder ladder = base.ladders()[variable];
    Usage usage = Usage.of(evaluator, base, variable);
    long[][] answers = base.verdicts().answers(half.rows());
    int function = instance.function();
    long[] ifNo =
        instance.holds(instance.diagram().rest(function, variable, false), answers, half.rows());
    long[] ifYes =
        instance.holds(instance.diagram().rest(function, variable, true), answers, half.rows());
    double own = ClassStep.cost(instance, evaluator.thresholds()[variable], ladder, usage.paid());
    Proposals proposals = new Proposals(objective, instance.models());
    ClassStep step =
        new ClassStep(
            instance,
            evaluator.thresholds()[variable],
            variable,
            proposals,
            base.costMillis() - own,
            evaluator.fitted(base.ladders()) - ladder.fitted(evaluator.thresholds()[variable]),
            ifNo,
            ifYes,
            usage.paid());
    proposing.accept(step);
    return proposals.best(EXACT_PROPOSALS);
  }
}
