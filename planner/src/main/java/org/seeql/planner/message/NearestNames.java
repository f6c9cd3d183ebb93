package org.seeql.planner.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Suggests known names that are similar to a misspelled one. Pure. */
public final class NearestNames {
  private static final int MAX_SHOWN = 10;
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NearestNames() {}

  /**
   * {@code Unknown model 'yolo5s'; known: yolov5s, yolov5m}: at most ten names, the nearest first
   * by edit distance.
   */
  public static String unknown(String what, String name, Collection<String> known) {
    String start = "Unknown " + what + " '" + name + "'; ";
    if (known.isEmpty()) {
      return start + "none is known";
    }
    return start + "known: " + listed(nearest(name, known), known.size());
  }

  /** {@code a, b, c}; of more than ten names the first ten and their number. */
  public static String listed(List<String> names) {
    return listed(names.stream().limit(MAX_SHOWN).toList(), names.size());
  }

  private static String listed(List<String> first, int all) {
    return String.join(", ", first) + (all > first.size() ? ", … (" + all + " in all)" : "");
  }

  /** The known name with the least edit distance; at least one must be known. */
  public static String nearestOf(String name, Collection<String> known) {
    return nearest(name, known).get(0);
  }

  static List<String> nearest(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(k -> DISTANCE.apply(wanted, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MAX_SHOWN)
        .toList();
  }
}
