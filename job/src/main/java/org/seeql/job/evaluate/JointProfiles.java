package org.seeql.job.evaluate;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.StoredProfile.StoredClass;

/**
 * The profiles that answer a requested class.
 *
 * @param classes the requested classes of each profile, also those that its model does not know
 * @param samples the ids of the images in the sample of each profile, in order
 */
record JointProfiles(
    Map<StoredProfile, List<StoredClass>> classes, Map<StoredProfile, List<String>> samples) {
  /**
   * Loads the samples of the profiles that answer a requested class.
   *
   * @param profiles each with all its classes
   * @param asked names of classes; classes without a profile are left out
   */
  static JointProfiles of(
      DatabaseSession session, Map<StoredProfile, List<StoredClass>> profiles, Set<String> asked)
      throws SQLException {
    Map<StoredProfile, List<StoredClass>> answering = new LinkedHashMap<>();
    Map<StoredProfile, List<String>> samples = new LinkedHashMap<>();
    for (Map.Entry<StoredProfile, List<StoredClass>> profile : profiles.entrySet()) {
      List<StoredClass> requested =
          profile.getValue().stream().filter(c -> asked.contains(c.name())).toList();
      if (requested.stream().anyMatch(StoredClass::isKnown)) {
        answering.put(profile.getKey(), requested);
        samples.put(profile.getKey(), profile.getKey().sampleIds(session));
      }
    }
    return new JointProfiles(answering, samples);
  }

  /** The same without the other profiles. */
  JointProfiles only(Set<StoredProfile> profiles) {
    Map<StoredProfile, List<StoredClass>> fewer = new LinkedHashMap<>(classes);
    fewer.keySet().retainAll(profiles);
    Map<StoredProfile, List<String>> fewerSamples = new LinkedHashMap<>(samples);
    fewerSamples.keySet().retainAll(profiles);
    return new JointProfiles(fewer, fewerSamples);
  }
}
