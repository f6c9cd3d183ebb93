package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfiledModel;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.EvaluationOptions;
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
    ProfiledModels known = profiled.get();
    boolean joint =
        known.sample().isPresent()
            && known.models().values().stream().allMatch(m -> m.bySample().isPresent());
    World world = joint ? known.sample().get() : known.priors();
    List<ModelProfile> profiles =
        known.models().values().stream()
            .map(m -> joint ? m.bySample().orElseThrow() : m.byRates())
            .toList();
    ProfiledCascade cascade = new ProfiledCascade(find, known);
    Optional<String> instead = Optional.empty();
    if (isCascade(options) || (options.strategy().isEmpty() && cascade.isDefault(classes.size()))) {
      long start = System.nanoTime();
      ProfiledCascade.Result result = cascade.choose(profiles);
      Duration planning = Duration.ofNanos(System.nanoTime() - start);
      if (result instanceof ProfiledCascade.Chosen chosen) {
        ChoiceProblem others = problem(find, Strategy.OPTIMAL, world, profiles);
        return Optional.of(
            chosen(
                find,
                new Solved(others, chosen.plan(), planning),
                allowed,
                known,
                cascade.notes()));
      }
      String reason = ((ProfiledCascade.Refused) result).reason();
      if (isCascade(options)) {
        problems.accept(reason);
        return Optional.empty();
      }
      instead = Optional.of("strategy=optimal is used, because no cascade fits: " + reason);
    }
    if (options.confidenceLevel().isPresent() && !joint) {
      problems.accept(
          "confidence_level needs models that were evaluated on the same images of %s; evaluate them on one selection, or remove confidence_level"
              .formatted(known.dataset()));
      return Optional.empty();
    }
    List<String> notes = instead.stream().toList();
    return solve(problem(find, options.strategy().orElse(Strategy.OPTIMAL), world, profiles))
        .map(found -> chosen(find, found, allowed, known, notes));
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
            List.of()));
  }

  /**
   * A plan.
   *
   * @param problem that the other strategies solve, for a comparison
   */
  private record Solved(ChoiceProblem problem, ModelPlan plan, Duration planning) {}

  private Optional<Solved> solve(ChoiceProblem problem) {
    long start = System.nanoTime();
    Choice choice = ModelChooser.choose(problem);
    Duration planning = Duration.ofNanos(System.nanoTime() - start);
    if (choice instanceof DecisionPlan plan) {
      return Optional.of(new Solved(problem, plan, planning));
    }
    problems.accept(((Refusal) choice).message());
    return Optional.empty();
  }

  private static ChoiceProblem problem(
      FindPlan find, Strategy strategy, World world, List<ModelProfile> profiles) {
    FindOptions options = find.options();
    return new ChoiceProblem(
        find.predicate(),
        strategy,
        options.bounds(),
        options.maximize(),
        world,
        profiles,
        world instanceof PresenceSample ? options.confidenceLevel() : OptionalDouble.empty(),
        options.planningTimeout());
  }

  private ChosenPlan chosen(
      FindPlan find,
      Solved solved,
      List<RegisteredModel> allowed,
      ProfiledModels known,
      List<String> ofStrategy) {
    FindOptions options = find.options();
    List<String> notes = new ArrayList<>(ofStrategy);
    if (solved.plan() instanceof DecisionPlan
        && !(solved.problem().world() instanceof PresenceSample)) {
      notes.add("models were evaluated on different images: classes are assumed to be independent");
    }
    int detections = find.run().options().maxDetections();
    if (solved.plan() instanceof CascadePlan
        && detections < OptionTable.MAX_DETECTIONS.defaultValue().orElseThrow()) {
      notes.add(
          "max_detections is %d: the certified limits hold only if the models were evaluated with it"
              .formatted(detections));
    }
    List<BoundModel> bound = bind(solved.plan(), allowed, known, options);
    TreeSet<Double> overlaps = new TreeSet<>();
    for (BoundModel model : bound) {
      ProfiledModel profile = known.models().get(model.name());
      overlaps.add(profile.nmsIou());
      if (solved.plan() instanceof DecisionPlan && model.threshold() != profile.confidence()) {
        notes.add(
            "model %s was profiled at confidence %s and runs at %s: the estimates may be inaccurate"
                .formatted(model.name(), profile.confidence(), model.threshold()));
      }
    }
    known
        .excluded()
        .forEach((name, reason) -> notes.add("model " + name + " was excluded: " + reason));
    double iou = options.iou().orElse(overlaps.isEmpty() ? USUAL_IOU : overlaps.first());
    if (overlaps.stream().anyMatch(profiled -> profiled != iou)) {
      notes.add(
          "models were profiled at iou %s and run at %s: the estimates may be inaccurate"
              .formatted(overlaps, iou));
    }
    Optional<AuditRequest> audit =
        options.audit().isPresent()
            ? Optional.of(audit(find, solved.problem(), allowed, known))
            : Optional.empty();
    return chosen(find, solved, bound, iou, known.dataset(), audit, notes);
  }

  /** The models of a plan with their thresholds, in the order of the plan. */
  private static List<BoundModel> bind(
      ModelPlan plan, List<RegisteredModel> allowed, ProfiledModels known, FindOptions options) {
    return plan.models().stream()
        .map(
            name -> {
              ProfiledModel profile = known.models().get(name);
              RegisteredModel model = CandidateModels.named(allowed, name);
              return new BoundModel(
                  model.description(),
                  model.version(),
                  labels(plan, profile),
                  threshold(plan, name, profile, options));
            })
        .toList();
  }

  /** The audit by the most accurate model for each class. */
  private static AuditRequest audit(
      FindPlan find, ChoiceProblem problem, List<RegisteredModel> allowed, ProfiledModels known) {
    FindOptions options = find.options();
    DecisionPlan plan =
        (DecisionPlan)
            ModelChooser.choose(
                new ChoiceProblem(
                    find.predicate(),
                    Strategy.BASELINE,
                    Bounds.NONE,
                    options.maximize(),
                    problem.world(),
                    problem.models(),
                    OptionalDouble.empty(),
                    Optional.empty()));
    return new AuditRequest(
        options.audit().orElseThrow(),
        new PlannedModels(plan, bind(plan, allowed, known, options), Kept.ALL),
        options.bounds(),
        options.confidenceLevel().orElse(CascadeProblem.DEFAULT_CONFIDENCE_LEVEL));
  }

  /** The minimum score of the detections that a model returns. */
  private static double threshold(
      ModelPlan plan, String model, ProfiledModel profile, FindOptions options) {
    if (!(plan instanceof CascadePlan cascade)) {
      return options.confidence().orElse(profile.confidence());
    }
    // a model whose every score means yes needs no detections
    double lowest = cascade.lowestThreshold(model).orElse(1);
    // the profile contains lower scores as 0
    double collected = EvaluationOptions.collectedFrom(profile.confidence());
    return Math.min(1, Math.max(lowest, collected));
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

  /** The model's names for the classes that the plan assigns to models. */
  private static SortedMap<String, String> labels(ModelPlan plan, ProfiledModel model) {
    SortedMap<String, String> labels = new TreeMap<>(model.labels());
    labels.keySet().retainAll(plan.assignment().keySet());
    return labels;
  }
}
