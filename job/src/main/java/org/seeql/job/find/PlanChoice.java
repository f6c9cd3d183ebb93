package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfiledModel;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.cascade.CascadeChoice;
import org.seeql.planner.cascade.CascadeChooser;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
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
      problems.accept(
          "The predicate names %d classes (at most %d); use fewer classes, or search in two steps"
              .formatted(names.size(), PredicateFunction.MAX_CLASSES));
      return Optional.empty();
    }
    List<String> classes = PredicateFunction.of(find.predicate()).classes();
    if (classes.isEmpty()) {
      return solveConstant(find)
          .map(solved -> chosen(find, solved, List.of(), USUAL_IOU, "", List.of()));
    }
    Optional<ProfiledModels> profiled =
        candidates.profiled(
            allowed, options.dataset(), find.run().options(), classes, isCascade(options));
    if (profiled.isEmpty()) {
      return Optional.empty();
    }
    ProfiledModels known = profiled.get();
    boolean joint =
        known.sample().isPresent()
            && known.models().values().stream().allMatch(m -> m.bySample().isPresent());
    if (options.confidenceLevel().isPresent() && !joint && !isCascade(options)) {
      problems.accept(
          "confidence_level needs models that were evaluated on the same images of %s; evaluate them on one selection, or remove confidence_level"
              .formatted(known.dataset()));
      return Optional.empty();
    }
    World world = joint ? known.sample().get() : known.priors();
    List<ModelProfile> profiles =
        known.models().values().stream()
            .map(m -> joint ? m.bySample().orElseThrow() : m.byRates())
            .toList();
    Optional<Solved> solved =
        isCascade(options)
            ? solveCascade(find, known, world, profiles)
            : solve(problem(find, options.strategy(), world, profiles));
    return solved.map(found -> chosen(find, found, allowed, known));
  }

  private static boolean isCascade(FindOptions options) {
    return options.strategy() == Strategy.CASCADE;
  }

  private Optional<Solved> solveConstant(FindPlan find) {
    Strategy strategy = find.options().strategy();
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

  private Optional<Solved> solveCascade(
      FindPlan find, ProfiledModels known, World world, List<ModelProfile> profiles) {
    FindOptions options = find.options();
    if (options.confidence().isPresent()) {
      problems.accept(
          "confidence cannot be used with strategy=cascade, which chooses the thresholds; remove it");
      return Optional.empty();
    }
    if (known.scores().isEmpty()) {
      problems.accept(
          "strategy=cascade needs models with scores of the same images of %s; evaluate the models on one selection with TO EVALUATE, or use another strategy"
              .formatted(known.dataset()));
      return Optional.empty();
    }
    Map<String, Double> costs = new TreeMap<>();
    profiles.forEach(profile -> costs.put(profile.name(), profile.costMillis()));
    CascadeProblem problem =
        new CascadeProblem(
            find.predicate(),
            options.bounds(),
            options.maximize(),
            options.confidenceLevel().orElse(CascadeProblem.DEFAULT_CONFIDENCE_LEVEL),
            known.scores().get(),
            costs,
            options.planningTimeout());
    long start = System.nanoTime();
    CascadeChoice choice = CascadeChooser.choose(problem);
    Duration planning = Duration.ofNanos(System.nanoTime() - start);
    if (choice instanceof CascadeChoice.Refused refused) {
      problems.accept(refused.refusal().message());
      return Optional.empty();
    }
    return Optional.of(
        new Solved(
            problem(find, Strategy.OPTIMAL, world, profiles), (CascadePlan) choice, planning));
  }

  private ChosenPlan chosen(
      FindPlan find, Solved solved, List<RegisteredModel> allowed, ProfiledModels known) {
    FindOptions options = find.options();
    List<String> notes = new ArrayList<>();
    if (solved.plan() instanceof DecisionPlan
        && !(solved.problem().world() instanceof PresenceSample)) {
      notes.add("models were evaluated on different images: classes are assumed to be independent");
    }
    if (solved.plan() instanceof CascadePlan) {
      Set<String> scored = known.scores().orElseThrow().scores().keySet();
      known.models().keySet().stream()
          .filter(name -> !scored.contains(name))
          .forEach(
              name ->
                  notes.add(
                      "model %s takes no part: its profile has no scores; evaluate it again"
                          .formatted(name)));
    }
    int detections = find.run().options().maxDetections();
    if (solved.plan() instanceof CascadePlan
        && detections < OptionTable.MAX_DETECTIONS.defaultValue().orElseThrow()) {
      notes.add(
          "max_detections is %d: the certified limits hold only if the models were evaluated with it"
              .formatted(detections));
    }
    List<BoundModel> bound = new ArrayList<>();
    TreeSet<Double> overlaps = new TreeSet<>();
    for (String name : solved.plan().models()) {
      ProfiledModel profile = known.models().get(name);
      overlaps.add(profile.nmsIou());
      double threshold = threshold(solved.plan(), name, profile, options);
      if (solved.plan() instanceof DecisionPlan && threshold != profile.confidence()) {
        notes.add(
            "model %s was profiled at confidence %s and runs at %s: the estimates may be inaccurate"
                .formatted(name, profile.confidence(), threshold));
      }
      RegisteredModel model = CandidateModels.named(allowed, name);
      bound.add(
          new BoundModel(
              model.description(), model.version(), labels(solved.plan(), profile), threshold));
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
    return chosen(find, solved, bound, iou, known.dataset(), notes);
  }

  /** The minimum score of the detections that a model returns. */
  private static double threshold(
      ModelPlan plan, String model, ProfiledModel profile, FindOptions options) {
    if (!(plan instanceof CascadePlan cascade)) {
      return options.confidence().orElse(profile.confidence());
    }
    double lowest =
        cascade.ladders().values().stream()
            .flatMap(List::stream)
            .filter(rung -> rung.model().equals(model))
            .flatMapToDouble(rung -> DoubleStream.of(rung.noBelow(), rung.yesFrom()))
            .filter(threshold -> threshold > 0)
            .min()
            .orElseThrow();
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
      List<String> notes) {
    Kept kept = find.options().keepAll() ? Kept.ALL : Kept.FOUND;
    return new ChosenPlan(
        solved.problem(),
        new PlannedModels(solved.plan(), models, kept),
        iou,
        dataset,
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
