package org.seeql.planner.message;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that a user may have meant. Pure. */
public final class NearestNames {
  private static final int MOST_SHOWN = 10;
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private NearestNames() {}

  /**
   * {@code Unknown model 'yolo5s'; known: yolov5s, yolov5m}: the nearest first, ten at most, by the
   * number of characters to change.
   */
  public static String unknown(String what, String name, Collection<String> known) {
    String start = "Unknown " + what + " '" + name + "'; ";
    if (known.isEmpty()) {
      return start + "none is known";
    }
    String rest = known.size() > MOST_SHOWN ? ", … (" + known.size() + " in all)" : "";
    return start + "known: " + String.join(", ", nearest(name, known)) + rest;
  }

  /** The name that is nearest to a name, of at least one that is known. */
  public static String nearestOf(String name, Collection<String> known) {
    return nearest(name, known).get(0);
  }

  static List<String> nearest(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(
            Comparator.<String>comparingInt(k -> DISTANCE.apply(wanted, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_SHOWN)
        .toList();
  }
}
