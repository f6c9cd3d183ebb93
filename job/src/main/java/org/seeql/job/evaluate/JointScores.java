package org.seeql.job.evaluate;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.model.ScoreSample;

/** Joins the scores of several profiles on their common images. */
final class JointScores {
  private JointScores() {}

  /**
   * Loads the scores of the requested classes, for the images that all profiles with scores have in
   * common. Profiles without scores are left out. The images are in the order of {@link
   * CommonImages#shuffled}: every second row must be as good as a random half.
   *
   * @return empty if no profile has scores, or if those with scores have too few images in common
   */
  static Optional<ScoreSample> load(DatabaseSession session, JointProfiles profiles)
      throws SQLException {
    Map<StoredProfile, SortedMap<String, float[]>> scored = new LinkedHashMap<>();
    for (StoredProfile profile : profiles.classes().keySet()) {
      SortedMap<String, float[]> scores =
          profile.scores(
              session,
              profiles.classes().get(profile).stream()
                  .map(StoredProfile.StoredClass::name)
                  .toList(),
              profiles.samples().get(profile).size());
      if (!scores.isEmpty()) {
        scored.put(profile, scores);
      }
    }
    JointProfiles withScores = profiles.only(scored.keySet());
    return CommonImages.of(withScores).map(images -> join(images.shuffled(), withScores, scored));
  }

  private static ScoreSample join(
      CommonImages images,
      JointProfiles profiles,
      Map<StoredProfile, SortedMap<String, float[]>> scored) {
    SortedMap<String, String> truth = images.truth(profiles);
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    scored.forEach(
        (profile, byClass) -> {
          int[] rows = images.rows(profile);
          SortedMap<String, double[]> ofModel = new TreeMap<>();
          byClass.forEach((name, values) -> ofModel.put(name, ordered(values, rows)));
          scores.put(profile.model(), ofModel);
        });
    return new ScoreSample(List.copyOf(truth.keySet()), images.byImage(truth), scores);
  }

  private static double[] ordered(float[] values, int[] rows) {
    double[] ordered = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ordered[i] = values[rows[i]];
    }
    return ordered;
  }
}
