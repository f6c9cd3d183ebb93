package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.FindOptions;
import org.seeql.planner.plan.FindPlan;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.predicate.PredicateFunction;
import org.seeql.udf.evaluate.ClassMatching;

/**
 * Finds the models for a search with a reference model. The classes of the predicate are those of
 * the models; no profile is used. For one statement.
 */
public final class ReferenceChoice {
  private final CandidateModels candidates;
  private final ModelRepository models;
  private final Consumer<String> problems;

  /**
   * Chooses among the models that a session sees.
   *
   * @param problems receives the problems of the choice
   */
  public ReferenceChoice(
      DatabaseSession session, ModelRepository models, Consumer<String> problems) {
    this.candidates = new CandidateModels(session, models, problems);
    this.models = requireNonNull(models, "models is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /**
   * The request of a search whose options name a reference. Empty, with a reported problem, if the
   * models do not suffice.
   */
  public Optional<FindRecords.KeptRequest> request(FindPlan find) throws SQLException {
    FindOptions options = find.options();
    String name = options.reference().orElseThrow();
    List<RegisteredModel> allowed =
        candidates.allowed(options.onlyModels(), options.excludeModels());
    Optional<RegisteredModel> reference = models.find(name);
    if (reference.isEmpty()) {
      problems.accept(models.unknown(name) + "; it comes from reference");
      return Optional.empty();
    }
    if (reference.get().task() == VisionTask.EMBED) {
      problems.accept(
          "The reference '%s' returns vectors, and classes are requested; use another model"
              .formatted(name));
      return Optional.empty();
    }
    List<String> names = PredicateFunction.classNames(find.predicate());
    if (names.size() > PredicateFunction.MAX_CLASSES) {
      problems.accept(CandidateModels.tooManyClasses(names.size()));
      return Optional.empty();
    }
    List<String> classes = PredicateFunction.of(find.predicate()).classes();
    if (!knowsAll(reference.get(), classes)) {
      return Optional.empty();
    }
    double confidence =
        options.confidence().orElse(OptionTable.CONFIDENCE.defaultValue().orElseThrow());
    double lowest = EvaluationOptions.collectedFrom(confidence);
    List<BoundModel> bound = new ArrayList<>();
    bound.add(bind(reference.get(), classes, lowest));
    allowed.stream()
        .filter(model -> !model.description().name().equals(name))
        .filter(model -> model.task() != VisionTask.EMBED)
        .map(model -> bind(model, classes, lowest))
        .filter(model -> !model.labels().isEmpty())
        .sorted(Comparator.comparing(BoundModel::name))
        .forEach(bound::add);
    ReferenceRequest request =
        new ReferenceRequest(
            find.predicate(),
            new ReferenceRequest.SampleBounds(
                options.bounds(),
                options.confidenceLevel().orElse(CascadeProblem.DEFAULT_CONFIDENCE_LEVEL),
                options.sampleSize(),
                options.planningTimeout()),
            bound.get(0).withThreshold(confidence),
            bound,
            options.keepAll() ? Kept.ALL : Kept.FOUND);
    Optional<AuditRequest> audit =
        options.audit().isPresent()
            ? Optional.of(audit(request, options.audit().getAsInt()))
            : Optional.empty();
    return Optional.of(new FindRecords.KeptRequest(request, audit));
  }

  /** The audit by the reference. */
  private static AuditRequest audit(ReferenceRequest request, int images) {
    SortedMap<String, Double> shares = new TreeMap<>();
    SortedMap<String, ClassSkill> skills = new TreeMap<>();
    for (String name : request.function().classes()) {
      // the plan has one model, so that its answers do not depend on these estimates
      shares.put(name, 0.5);
      skills.put(name, ClassSkill.ofAccuracy(1));
    }
    DecisionPlan plan =
        (DecisionPlan)
            ModelChooser.choose(
                ChoiceProblem.of(
                    request.predicate(),
                    Priors.of(shares),
                    List.of(new ModelProfile(request.reference().name(), 0, skills))));
    return new AuditRequest(
        images,
        new PlannedModels(plan, List.of(request.reference()), Kept.ALL),
        request.bounds().bounds(),
        request.bounds().confidenceLevel());
  }

  private boolean knowsAll(RegisteredModel reference, List<String> classes) {
    List<String> labels = reference.description().coveredLabels();
    SortedMap<String, String> known = labels(reference, classes);
    List<String> unknown = classes.stream().filter(c -> !known.containsKey(c)).toList();
    unknown.forEach(
        c ->
            problems.accept(
                "The reference '%s' does not know a class of the predicate: %s"
                    .formatted(
                        reference.description().name(), NearestNames.unknown("class", c, labels))));
    return unknown.isEmpty();
  }

  private static BoundModel bind(RegisteredModel model, List<String> classes, double threshold) {
    return new BoundModel(model.description(), model.version(), labels(model, classes), threshold);
  }

  /** The model's name for each class that it knows. */
  private static SortedMap<String, String> labels(RegisteredModel model, List<String> classes) {
    ClassMatching matching = ClassMatching.of(classes, model.description().coveredLabels());
    SortedMap<String, String> labels = new TreeMap<>();
    for (int i = 0; i < matching.classes().size(); i++) {
      String name = matching.classes().get(i);
      matching.labels().get(i).ifPresent(label -> labels.put(name, label));
    }
    return labels;
  }
}
