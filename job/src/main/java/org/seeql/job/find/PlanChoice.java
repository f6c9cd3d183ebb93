package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.Refusal;
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
      return solve(find, Priors.of(new TreeMap<>()), List.of())
          .map(solved -> chosen(find, solved, List.of(), USUAL_IOU, "", List.of()));
    }
    Optional<ProfiledModels> profiled =
        candidates.profiled(allowed, options.dataset(), find.run().options(), classes);
    if (profiled.isEmpty()) {
      return Optional.empty();
    }
    ProfiledModels known = profiled.get();
    boolean joint =
        known.sample().isPresent()
            && known.models().values().stream().allMatch(m -> m.bySample().isPresent());
    if (options.confidenceLevel().isPresent() && !joint) {
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
    return solve(find, world, profiles).map(solved -> chosen(find, solved, allowed, known));
  }

  private record Solved(ChoiceProblem problem, DecisionPlan plan, Duration planning) {}

  private Optional<Solved> solve(FindPlan find, World world, List<ModelProfile> profiles) {
    FindOptions options = find.options();
    ChoiceProblem problem =
        new ChoiceProblem(
            find.predicate(),
            options.strategy(),
            options.bounds(),
            options.maximize(),
            world,
            profiles,
            options.confidenceLevel(),
            options.planningTimeout());
    long start = System.nanoTime();
    Choice choice = ModelChooser.choose(problem);
    Duration planning = Duration.ofNanos(System.nanoTime() - start);
    if (choice instanceof DecisionPlan plan) {
      return Optional.of(new Solved(problem, plan, planning));
    }
    problems.accept(((Refusal) choice).message());
    return Optional.empty();
  }

  private ChosenPlan chosen(
      FindPlan find, Solved solved, List<RegisteredModel> allowed, ProfiledModels known) {
    FindOptions options = find.options();
    List<String> notes = new ArrayList<>();
    if (!(solved.problem().world() instanceof PresenceSample)) {
      notes.add("models were evaluated on different images: classes are assumed to be independent");
    }
    List<BoundModel> bound = new ArrayList<>();
    TreeSet<Double> overlaps = new TreeSet<>();
    for (String name : solved.plan().models()) {
      ProfiledModel profile = known.models().get(name);
      overlaps.add(profile.nmsIou());
      double threshold = options.confidence().orElse(profile.confidence());
      if (threshold != profile.confidence()) {
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
  private static SortedMap<String, String> labels(DecisionPlan plan, ProfiledModel model) {
    SortedMap<String, String> labels = new TreeMap<>(model.labels());
    labels.keySet().retainAll(plan.assignment().keySet());
    return labels;
  }
}
