package org.seeql.job.evaluate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seeql.database.jdbc.DatabaseSession;
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
  // A few images in common are not representative; a few failed images do not matter
  private static final double MIN_SHARE = 0.9;

  /**
   * Joins the samples of the profiles that answer a requested class.
   *
   * @param profiles each with its classes
   * @param asked names of classes; classes without a profile are left out
   * @return empty if less than nine tenths of some profile's sample are in common, or if no profile
   *     answers a requested class
   */
  static Optional<JointSample> of(
      DatabaseSession session, Map<StoredProfile, List<StoredClass>> profiles, Set<String> asked)
      throws SQLException {
    Map<StoredProfile, List<StoredClass>> answering = new LinkedHashMap<>();
    profiles.forEach(
        (profile, classes) -> {
          if (classes.stream().anyMatch(c -> c.isKnown() && asked.contains(c.name()))) {
            answering.put(profile, classes);
          }
        });
    Map<StoredProfile, Map<String, Integer>> places = new HashMap<>();
    Set<String> common = new LinkedHashSet<>();
    for (StoredProfile profile : answering.keySet()) {
      List<String> ids = profile.sampleIds(session);
      Map<String, Integer> byId = new HashMap<>();
      ids.forEach(id -> byId.put(id, byId.size()));
      if (places.isEmpty()) {
        common.addAll(ids);
      } else {
        common.retainAll(byId.keySet());
      }
      places.put(profile, byId);
    }
    boolean areApart =
        places.values().stream().anyMatch(ids -> common.size() < MIN_SHARE * ids.size());
    return common.isEmpty() || areApart
        ? Optional.empty()
        : Optional.of(join(List.copyOf(common), answering, places, asked));
  }

  private static JointSample join(
      List<String> images,
      Map<StoredProfile, List<StoredClass>> profiles,
      Map<StoredProfile, Map<String, Integer>> places,
      Set<String> asked) {
    Map<String, String> truth = new TreeMap<>();
    Map<String, Map<String, ClassSkill>> answers = new TreeMap<>();
    profiles.forEach(
        (profile, classes) -> {
          int[] rows = images.stream().mapToInt(places.get(profile)::get).toArray();
          for (StoredClass c : classes) {
            if (asked.contains(c.name())) {
              truth.computeIfAbsent(c.name(), name -> bits(c.labelled(), rows));
              if (c.isKnown()) {
                answers
                    .computeIfAbsent(profile.model(), name -> new TreeMap<>())
                    .put(c.name(), new ClassSkill.Answers(bits(c.answered(), rows)));
              }
            }
          }
        });
    return new JointSample(sample(truth, images.size()), answers);
  }

  private static String bits(BitSet bits, int[] rows) {
    StringBuilder text = new StringBuilder(rows.length);
    for (int row : rows) {
      text.append(bits.get(row) ? '1' : '0');
    }
    return text.toString();
  }

  private static PresenceSample sample(Map<String, String> truth, int images) {
    List<String> rows = new ArrayList<>(images);
    for (int i = 0; i < images; i++) {
      StringBuilder row = new StringBuilder(truth.size());
      for (String shown : truth.values()) {
        row.append(shown.charAt(i));
      }
      rows.add(row.toString());
    }
    return PresenceSample.of(List.copyOf(new TreeSet<>(truth.keySet())), rows);
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
        model.batchSize());
  }
}
