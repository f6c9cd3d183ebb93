package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seeql.job.evaluate.ProfiledModel;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.World;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.FindOptions;
import org.seeql.planner.plan.VisionTask;

/** The registered models with their profiles, from which plans are made. For one statement. */
final class PlanBinding {
  private final List<RegisteredModel> allowed;
  private final ProfiledModels known;
  private final FindOptions options;

  PlanBinding(List<RegisteredModel> allowed, ProfiledModels known, FindOptions options) {
    this.allowed = List.copyOf(allowed);
    this.known = requireNonNull(known, "known is null");
    this.options = requireNonNull(options, "options is null");
  }

  ProfiledModels known() {
    return known;
  }

  /** Whether all models were evaluated on the same images. */
  boolean isJoint() {
    return known.sample().isPresent()
        && known.models().values().stream().allMatch(m -> m.bySample().isPresent());
  }

  World world() {
    return isJoint() ? known.sample().orElseThrow() : known.priors();
  }

  List<ModelProfile> profiles() {
    boolean joint = isJoint();
    return known.models().values().stream()
        .map(m -> joint ? m.bySample().orElseThrow() : m.byRates())
        .toList();
  }

  /** The models of a plan with their thresholds, in the order of the plan. */
  List<BoundModel> bind(ModelPlan plan) {
    return plan.models().stream()
        .map(
            name -> {
              ProfiledModel profile = known.models().get(name);
              RegisteredModel model = CandidateModels.named(allowed, name);
              return new BoundModel(
                  model.description(),
                  model.version(),
                  labels(plan, profile),
                  threshold(plan, name, profile));
            })
        .toList();
  }

  /** The minimum score of the detections that a model returns. */
  private double threshold(ModelPlan plan, String model, ProfiledModel profile) {
    if (!(plan instanceof CascadePlan cascade)) {
      return options.confidence().orElse(profile.confidence());
    }
    // a model whose every score means yes needs no detections
    double lowest = cascade.lowestThreshold(model).orElse(1);
    // the profile contains lower scores as 0
    double collected = EvaluationOptions.collectedFrom(profile.confidence());
    return Math.min(1, Math.max(lowest, collected));
  }

  /** The model's names for the classes that the plan assigns to models. */
  private static SortedMap<String, String> labels(ModelPlan plan, ProfiledModel model) {
    SortedMap<String, String> labels = new TreeMap<>(model.labels());
    labels.keySet().retainAll(plan.assignment().keySet());
    return labels;
  }

  /** The overlaps at which the models of a plan were profiled. */
  SortedSet<Double> overlaps(List<BoundModel> models) {
    SortedSet<Double> overlaps = new TreeSet<>();
    models.forEach(model -> overlaps.add(known.models().get(model.name()).nmsIou()));
    return overlaps;
  }

  /** Sentences about models that run otherwise than they were profiled, or not at all. */
  List<String> notes(ModelPlan plan, List<BoundModel> models) {
    List<String> notes = new ArrayList<>();
    for (BoundModel model : models) {
      double profiled = known.models().get(model.name()).confidence();
      if (plan instanceof DecisionPlan && model.threshold() != profiled) {
        notes.add(
            "model %s was profiled at confidence %s and runs at %s: the estimates may be inaccurate"
                .formatted(model.name(), profiled, model.threshold()));
      }
    }
    known
        .excluded()
        .forEach((name, reason) -> notes.add("model " + name + " was excluded: " + reason));
    return notes;
  }

  /** Sentences about detectors of a cascade whose profile does not contain their settings. */
  List<String> notesOnDetections(ModelPlan plan, int maxDetections) {
    if (!(plan instanceof CascadePlan)
        || maxDetections == OptionTable.MAX_DETECTIONS.defaultValue().orElseThrow()) {
      return List.of();
    }
    return plan.models().stream()
        .filter(name -> CandidateModels.named(allowed, name).task() == VisionTask.DETECT)
        .filter(name -> known.models().get(name).maxDetections().isEmpty())
        .map(
            name ->
                "max_detections is %d, and the profile of model %s does not contain its value: the certified limits hold only if it was evaluated with %d; evaluate it again"
                    .formatted(maxDetections, name, maxDetections))
        .toList();
  }

  /**
   * The audit by the most accurate model for each class.
   *
   * @param images number of images
   */
  AuditRequest audit(ChoiceProblem problem, int images) {
    DecisionPlan plan =
        (DecisionPlan)
            ModelChooser.choose(
                new ChoiceProblem(
                    problem.predicate(),
                    Strategy.BASELINE,
                    Bounds.NONE,
                    problem.maximize(),
                    problem.world(),
                    problem.models(),
                    OptionalDouble.empty(),
                    Optional.empty()));
    return new AuditRequest(
        images,
        new PlannedModels(plan, bind(plan), Kept.ALL),
        options.bounds(),
        options.confidenceLevel().orElse(CascadeProblem.DEFAULT_CONFIDENCE_LEVEL));
  }
}
