package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.job.find.ReferenceRequest;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.option.AnswerKind;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.ExplanationPlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.predicate.Predicate;
import org.seeql.planner.predicate.PredicateText;
import org.seeql.udf.explain.SaliencyMethod;

/**
 * Creates the request fingerprints of runs. A fingerprint names the earliest version of a model
 * that is identical except for its location. Registering a model again therefore does not
 * invalidate its answers.
 */
final class RequestFingerprints {
  private static final OptionList OPTIONS = OptionTable.of(OptionScope.RUN);

  private final ModelRepository models;

  RequestFingerprints(ModelRepository models) {
    this.models = requireNonNull(models, "models is null");
  }

  /**
   * The fingerprint of a run with one model.
   *
   * @param imageRoot part of the fingerprint: the same path under another root is another image
   */
  RequestFingerprint of(RegisteredModel model, RunOptions options, String imageRoot)
      throws SQLException {
    AnswerKind kind =
        switch (model.task()) {
          case DETECT -> AnswerKind.DETECTION;
          case CLASSIFY -> AnswerKind.CLASSIFICATION;
          case TAG -> AnswerKind.TAGGING;
          case EMBED -> AnswerKind.EMBEDDING;
        };
    return new RequestFingerprint(
        "%s version %d"
            .formatted(
                model.description().name(),
                models.earliestVersion(model.description(), model.version())),
        settings(options, kind, imageRoot));
  }

  /** The fingerprint of explanations: that of the model's answers, and how they are explained. */
  RequestFingerprint of(RegisteredModel model, ExplanationPlan plan, String imageRoot)
      throws SQLException {
    RequestFingerprint answers = of(model, plan.run().options(), imageRoot);
    SortedMap<String, String> settings = new TreeMap<>(answers.settings());
    settings.putAll(plan.options().changingRows());
    SaliencyMethod method = ExplanationModels.method(plan.options().method(), model.task());
    return new RequestFingerprint(
        answers.request() + ", explained by " + method.name().toLowerCase(Locale.ROOT), settings);
  }

  /**
   * The fingerprint of a search: its predicate, and for each class the models that the plan assigns
   * to it.
   */
  RequestFingerprint of(
      Predicate predicate, PlannedModels work, RunOptions options, String imageRoot)
      throws SQLException {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, List<String>> answered : work.plan().assignment().entrySet()) {
      List<String> by = new ArrayList<>();
      for (BoundModel model : work.models()) {
        if (answered.getValue().contains(model.name())) {
          by.add(
              "%s version %d from %s"
                  .formatted(
                      model.name(),
                      models.earliestVersion(model.description(), model.version()),
                      thresholds(work.plan(), answered.getKey(), model)));
        }
      }
      parts.add(answered.getKey() + " by " + String.join(" and ", by));
    }
    String asked = PredicateText.of(predicate);
    return new RequestFingerprint(
        parts.isEmpty() ? asked : asked + ", " + String.join(", ", parts),
        settings(options, AnswerKind.SEARCH, imageRoot));
  }

  /**
   * The fingerprint of a search with a reference model: its predicate, the reference and the bounds
   * compared with it. The candidates are not part of it: whatever the plan, the bounds hold.
   */
  RequestFingerprint of(ReferenceRequest request, RunOptions options, String imageRoot)
      throws SQLException {
    BoundModel reference = request.reference();
    ReferenceRequest.SampleBounds bounds = request.bounds();
    List<String> kept = new ArrayList<>();
    bounds.bounds().values().forEach((bound, value) -> kept.add(bound.word() + " " + value));
    return new RequestFingerprint(
        "%s, like %s version %d from %s within %s at confidence level %s"
            .formatted(
                PredicateText.of(request.predicate()),
                reference.name(),
                models.earliestVersion(reference.description(), reference.version()),
                reference.threshold(),
                String.join(" and ", kept),
                bounds.confidenceLevel()),
        settings(options, AnswerKind.SEARCH, imageRoot));
  }

  private static SortedMap<String, String> settings(
      RunOptions options, AnswerKind kind, String imageRoot) {
    SortedMap<String, String> settings = new TreeMap<>(options.toMap());
    settings.keySet().retainAll(OPTIONS.thatChange(kind).names());
    settings.put("image_root", imageRoot);
    return settings;
  }

  /** The scores from which a model answers yes, in a cascade after those below which it says no. */
  private static String thresholds(ModelPlan plan, String className, BoundModel model) {
    if (!(plan instanceof CascadePlan cascade)) {
      return String.valueOf(model.threshold());
    }
    List<Rung> ladder = cascade.ladders().get(className);
    return IntStream.range(0, ladder.size())
        .filter(i -> ladder.get(i).model().equals(model.name()))
        .mapToObj(
            i ->
                "%s to %s (rung %d)"
                    .formatted(ladder.get(i).noBelow(), ladder.get(i).yesFrom(), i + 1))
        .findFirst()
        .orElseThrow();
  }
}
