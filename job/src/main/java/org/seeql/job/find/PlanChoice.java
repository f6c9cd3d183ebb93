package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.plan.FindOptions;
import org.seeql.planner.plan.FindPlan;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * Chooses the models for TO FIND from the measurements of TO EVALUATE. If all relevant models were
 * evaluated on the same images, their joint answers are used. Otherwise classes are assumed to be
 * independent. For one statement.
 */
public final class PlanChoice {
  private static final double USUAL_IOU = 0.45;

  private final CandidateModels candidates;
  private final Consumer<String> problems;

  /**
   * Chooses among the models that a session sees.
   *
   * @param problems receives the problems of the choice
   */
  public PlanChoice(DatabaseSession session, ModelRepository models, Consumer<String> problems) {
    this.candidates = new CandidateModels(session, models, problems);
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** The chosen plan. Empty, with a reported problem, if there is none. */
  public Optional<ChosenPlan> choose(FindPlan find) throws SQLException {
    FindOptions options = find.options();
    List<RegisteredModel> allowed =
        candidates.allowed(options.onlyModels(), options.excludeModels());
    List<String> names = PredicateFunction.classNames(find.predicate());
    if (names.size() > PredicateFunction.MAX_CLASSES) {
      problems.accept(CandidateModels.tooManyClasses(names.size()));
      return Optional.empty();
    }
    List<String> classes = PredicateFunction.of(find.predicate()).classes();
    if (classes.isEmpty()) {
      return solveConstant(find)
          .map(
              solved ->
                  chosen(find, solved, List.of(), USUAL_IOU, "", Optional.empty(), List.of()));
    }
    Optional<ProfiledModels> profiled =
        candidates.profiled(
            allowed, options.dataset(), find.run().options(), classes, mayCascade(options));
    if (profiled.isEmpty()) {
      return Optional.empty();
    }
    return choose(find, classes.size(), new PlanBinding(allowed, profiled.get(), options));
  }

  private Optional<ChosenPlan> choose(FindPlan find, int classes, PlanBinding binding) {
    FindOptions options = find.options();
    ProfiledModels known = binding.known();
    ProfiledCascade cascade = new ProfiledCascade(find, known);
    long start = System.nanoTime();
    List<String> notes = List.of();
    Optional<Duration> timeout = options.planningTimeout();
    if (isCascade(options) || (options.strategy().isEmpty() && cascade.isDefault(classes))) {
      ProfiledCascade.Result result = cascade.choose(binding.profiles());
      Duration planning = Duration.ofNanos(System.nanoTime() - start);
      if (result instanceof ProfiledCascade.Chosen chosen) {
        ChoiceProblem others = problem(find, Strategy.OPTIMAL, binding, timeout);
        if (!isCascade(options)
            && binding.isJoint()
            && ModelChooser.choose(others) instanceof DecisionPlan cheaper
            && cheaper.expectedCostMillis() < chosen.plan().expectedCostMillis()) {
          return Optional.of(
              chosen(
                  find,
                  new Solved(others, cheaper, planning),
                  binding,
                  List.of(
                      String.format(
                          Locale.ROOT,
                          "strategy=optimal is used, whose bounds are estimates; a certified cascade costs %.2f ms per image",
                          chosen.plan().expectedCostMillis()))));
        }
        return Optional.of(
            chosen(find, new Solved(others, chosen.plan(), planning), binding, cascade.notes()));
      }
      String reason = ((ProfiledCascade.Refused) result).reason();
      if (isCascade(options)) {
        problems.accept(reason);
        return Optional.empty();
      }
      notes = List.of("strategy=optimal is used, because no cascade fits: " + reason);
      timeout = timeout.map(all -> remaining(all, planning));
    }
    if (options.confidenceLevel().isPresent() && !binding.isJoint()) {
      problems.accept(
          "confidence_level needs models that were evaluated on the same images of %s; evaluate them on one selection, or remove confidence_level"
              .formatted(known.dataset()));
      return Optional.empty();
    }
    List<String> ofStrategy = notes;
    Strategy strategy = options.strategy().orElse(Strategy.OPTIMAL);
    return solve(problem(find, strategy, binding, timeout), start)
        .map(found -> chosen(find, found, binding, ofStrategy));
  }

  private static Duration remaining(Duration all, Duration used) {
    Duration rest = all.minus(used);
    return rest.toMillis() > 0 ? rest : Duration.ofMillis(1);
  }

  private static boolean isCascade(FindOptions options) {
    return options.strategy().equals(Optional.of(Strategy.CASCADE));
  }

  private static boolean mayCascade(FindOptions options) {
    return options.strategy().isEmpty() || isCascade(options);
  }

  private Optional<Solved> solveConstant(FindPlan find) {
    Strategy strategy = find.options().strategy().orElse(Strategy.OPTIMAL);
    return solve(
        problem(
            find,
            Strategy.OF_ANSWERS.contains(strategy) ? strategy : Strategy.OPTIMAL,
            Priors.of(new TreeMap<>()),
            List.of(),
            find.options().planningTimeout()),
        System.nanoTime());
  }

  /**
   * A plan.
   *
   * @param problem that the other strategies solve, for a comparison
   */
  private record Solved(ChoiceProblem problem, ModelPlan plan, Duration planning) {}

  /**
   * @param start when planning began, in {@link System#nanoTime}
   */
  private Optional<Solved> solve(ChoiceProblem problem, long start) {
    Choice choice = ModelChooser.choose(problem);
    Duration planning = Duration.ofNanos(System.nanoTime() - start);
    if (choice instanceof DecisionPlan plan) {
      return Optional.of(new Solved(problem, plan, planning));
    }
    problems.accept(((Refusal) choice).message());
    return Optional.empty();
  }

  private static ChoiceProblem problem(
      FindPlan find, Strategy strategy, PlanBinding binding, Optional<Duration> timeout) {
    return problem(find, strategy, binding.world(), binding.profiles(), timeout);
  }

  private static ChoiceProblem problem(
      FindPlan find,
      Strategy strategy,
      World world,
      List<ModelProfile> profiles,
      Optional<Duration> timeout) {
    FindOptions options = find.options();
    return new ChoiceProblem(
        find.predicate(),
        strategy,
        options.bounds(),
        options.maximize(),
        world,
        profiles,
        world instanceof PresenceSample ? options.confidenceLevel() : OptionalDouble.empty(),
        timeout);
  }

  private ChosenPlan chosen(
      FindPlan find, Solved solved, PlanBinding binding, List<String> ofStrategy) {
    FindOptions options = find.options();
    ProfiledModels known = binding.known();
    List<String> notes = new ArrayList<>(ofStrategy);
    if (solved.plan() instanceof DecisionPlan
        && !(solved.problem().world() instanceof PresenceSample)) {
      notes.add("models were evaluated on different images: classes are assumed to be independent");
    }
    List<BoundModel> bound = binding.bind(solved.plan());
    notes.addAll(binding.notesOnDetections(solved.plan(), find.run().options().maxDetections()));
    notes.addAll(binding.notes(solved.plan(), bound));
    SortedSet<Double> overlaps = binding.overlaps(bound);
    double iou = options.iou().orElse(overlaps.isEmpty() ? USUAL_IOU : overlaps.first());
    if (overlaps.stream().anyMatch(profiled -> profiled != iou)) {
      notes.add(
          "models were profiled at iou %s and run at %s: the estimates may be inaccurate"
              .formatted(overlaps, iou));
    }
    Optional<AuditRequest> audit =
        options.audit().isPresent()
            ? Optional.of(binding.audit(solved.problem(), options.audit().getAsInt()))
            : Optional.empty();
    return chosen(find, solved, bound, iou, known.dataset(), audit, notes);
  }

  private static ChosenPlan chosen(
      FindPlan find,
      Solved solved,
      List<BoundModel> models,
      double iou,
      String dataset,
      Optional<AuditRequest> audit,
      List<String> notes) {
    Kept kept = find.options().keepAll() ? Kept.ALL : Kept.FOUND;
    return new ChosenPlan(
        solved.problem(),
        new PlannedModels(solved.plan(), models, kept),
        iou,
        dataset,
        audit,
        notes,
        solved.planning());
  }
}
