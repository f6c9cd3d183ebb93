package org.seeql.job.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.evaluate.StoredProfile.StoredClass;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;

/**
 * The images that the samples of several model profiles have in common: what they show, and what
 * each model answers.
 *
 * @param answers by model, then class
 */
record JointSample(PresenceSample sample, Map<String, Map<String, ClassSkill>> answers) {

  /**
   * Joins the samples of the profiles that answer a requested class.
   *
   * @return empty if the profiles have too few images in common, or if there is no profile
   */
  static Optional<JointSample> of(JointProfiles profiles) {
    return CommonImages.of(profiles).map(images -> join(images, profiles));
  }

  private static JointSample join(CommonImages images, JointProfiles profiles) {
    Map<String, Map<String, ClassSkill>> answers = new TreeMap<>();
    profiles
        .classes()
        .forEach(
            (profile, classes) -> {
              int[] rows = images.rows(profile);
              for (StoredClass c : classes) {
                if (c.isKnown()) {
                  answers
                      .computeIfAbsent(profile.model(), name -> new TreeMap<>())
                      .put(c.name(), new ClassSkill.Answers(CommonImages.bits(c.answered(), rows)));
                }
              }
            });
    SortedMap<String, String> truth = images.truth(profiles);
    return new JointSample(
        PresenceSample.of(List.copyOf(truth.keySet()), images.byImage(truth)), answers);
  }

  /** Adds a model's answers about the sample, for the requested classes. */
  ProfiledModel withAnswers(ProfiledModel model) {
    ModelProfile rates = model.byRates();
    return new ProfiledModel(
        rates,
        Optional.of(
            ModelProfile.of(
                rates.name(), rates.costMillis(), answers.getOrDefault(rates.name(), Map.of()))),
        model.labels(),
        model.confidence(),
        model.nmsIou(),
        model.maxDetections(),
        model.batchSize());
  }
}
