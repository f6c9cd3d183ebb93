package org.seeql.job.evaluate;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.job.evaluate.StoredProfile.StoredClass;

/**
 * The images that the samples of several profiles have in common.
 *
 * @param ids in the order of the rows that are derived from them
 * @param places by profile, then image: the index of the image in the sample of the profile
 */
record CommonImages(List<String> ids, Map<StoredProfile, Map<String, Integer>> places) {
  // A few images in common are not representative; a few failed images do not matter
  private static final double MIN_SHARE = 0.9;
  // Any fixed value: the same images always have the same order
  private static final long SHUFFLE_SEED = 20_260_101;

  /**
   * Determines the common images, in the order of the first profile's sample.
   *
   * @return empty if less than nine tenths of some profile's sample are in common, or if there is
   *     no profile
   */
  static Optional<CommonImages> of(JointProfiles profiles) {
    Map<StoredProfile, Map<String, Integer>> places = new HashMap<>();
    Set<String> common = new LinkedHashSet<>();
    profiles
        .samples()
        .forEach(
            (profile, ids) -> {
              Map<String, Integer> byId = new HashMap<>();
              ids.forEach(id -> byId.put(id, byId.size()));
              if (places.isEmpty()) {
                common.addAll(ids);
              } else {
                common.retainAll(byId.keySet());
              }
              places.put(profile, byId);
            });
    boolean areApart =
        places.values().stream().anyMatch(ids -> common.size() < MIN_SHARE * ids.size());
    return common.isEmpty() || areApart
        ? Optional.empty()
        : Optional.of(new CommonImages(List.copyOf(common), places));
  }

  /**
   * The same images in random order. The order depends only on the ids. It is independent of the
   * order of the samples, which is that of a checksum.
   */
  CommonImages shuffled() {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.sort(shuffled);
    Collections.shuffle(shuffled, new Random(SHUFFLE_SEED));
    return new CommonImages(List.copyOf(shuffled), places);
  }

  /** The index of each image in the sample of a profile. */
  int[] rows(StoredProfile profile) {
    return ids.stream().mapToInt(places.get(profile)::get).toArray();
  }

  /** Bits of a profile's sample as one character per image. */
  static String bits(BitSet bits, int[] rows) {
    StringBuilder text = new StringBuilder(rows.length);
    for (int row : rows) {
      text.append(bits.get(row) ? '1' : '0');
    }
    return text.toString();
  }

  /** What the images show: by class, one character per image. */
  SortedMap<String, String> truth(JointProfiles profiles) {
    SortedMap<String, String> truth = new TreeMap<>();
    profiles
        .classes()
        .forEach(
            (profile, classes) -> {
              int[] rows = rows(profile);
              for (StoredClass c : classes) {
                truth.computeIfAbsent(c.name(), name -> bits(c.labelled(), rows));
              }
            });
    return truth;
  }

  /** The same by image, one character per class. */
  List<String> byImage(SortedMap<String, String> truth) {
    List<String> rows = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      StringBuilder row = new StringBuilder(truth.size());
      for (String shown : truth.values()) {
        row.append(shown.charAt(i));
      }
      rows.add(row.toString());
    }
    return rows;
  }
}
