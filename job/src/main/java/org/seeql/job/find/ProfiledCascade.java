package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.planner.cascade.CascadeChoice;
import org.seeql.planner.cascade.CascadeChooser;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.plan.FindOptions;
import org.seeql.planner.plan.FindPlan;

/** Chooses a cascade from the scores in profiles. For one statement; pure. */
final class ProfiledCascade {
  // the largest search that takes seconds: 20 models for 8 classes
  private static final int LARGEST_BY_DEFAULT = 160;

  private final FindPlan find;
  private final ProfiledModels known;

  ProfiledCascade(FindPlan find, ProfiledModels known) {
    this.find = requireNonNull(find, "find is null");
    this.known = requireNonNull(known, "known is null");
  }

  /** A cascade, or why there is none. */
  sealed interface Result {}

  record Chosen(CascadePlan plan) implements Result {}

  /**
   * No cascade was chosen.
   *
   * @param reason a sentence
   */
  record Refused(String reason) implements Result {}

  /**
   * Whether a statement without a strategy uses a cascade, if one can be certified. Without a bound
   * of quality there is nothing to certify: the best thresholds of a small sample would be used.
   */
  boolean isDefault(int classes) {
    return find.options().confidence().isEmpty()
        && find.options().bounds().haveQuality()
        && known.scores().isPresent()
        && known.scores().get().scores().keySet().containsAll(known.models().keySet())
        && known.models().size() * classes <= LARGEST_BY_DEFAULT;
  }

  /** The cascade for these models. */
  Result choose(List<ModelProfile> profiles) {
    FindOptions options = find.options();
    if (options.confidence().isPresent()) {
      return new Refused(
          "confidence cannot be used with strategy=cascade, which chooses the thresholds; remove it");
    }
    Optional<String> detections = ofOtherDetections();
    if (detections.isPresent()) {
      return new Refused(detections.get());
    }
    if (known.scores().isEmpty()) {
      return new Refused(
          "strategy=cascade needs models with scores of the same images of %s; evaluate the models on one selection with TO EVALUATE, or use another strategy"
              .formatted(known.dataset()));
    }
    Map<String, Double> costs = new TreeMap<>();
    profiles.forEach(profile -> costs.put(profile.name(), profile.costMillis()));
    CascadeChoice choice =
        CascadeChooser.choose(
            new CascadeProblem(
                find.predicate(),
                options.bounds(),
                options.maximize(),
                options.confidenceLevel().orElse(CascadeProblem.DEFAULT_CONFIDENCE_LEVEL),
                known.scores().get(),
                costs,
                options.planningTimeout()));
    return choice instanceof CascadeChoice.Refused refused
        ? new Refused(refused.refusal().message())
        : new Chosen((CascadePlan) choice);
  }

  /** The problem of models whose scores were measured with another maximum of detections. */
  private Optional<String> ofOtherDetections() {
    int requested = find.run().options().maxDetections();
    List<String> others =
        known.models().entrySet().stream()
            .filter(model -> model.getValue().maxDetections().orElse(requested) != requested)
            .map(
                model ->
                    "%s with %d"
                        .formatted(model.getKey(), model.getValue().maxDetections().getAsInt()))
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "max_detections is %d, and models were evaluated with another value, which changes their scores: %s; use the same value, or evaluate the models again with max_detections = %d"
                .formatted(requested, String.join(", ", others), requested));
  }

  /** The models that take no part because their profile has no scores, as sentences. */
  List<String> notes() {
    Set<String> scored = known.scores().orElseThrow().scores().keySet();
    return known.models().keySet().stream()
        .filter(name -> !scored.contains(name))
        .map(
            name ->
                "model %s takes no part: its profile has no scores; evaluate it again"
                    .formatted(name))
        .toList();
  }
}
