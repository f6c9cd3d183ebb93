package org.seeql.planner.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a user may have meant. Pure. */
public final class NearestNames {
  private static final int MOST_SHOWN = 10;

  private NearestNames() {}

  /**
   * {@code Unknown model 'yolo5s'; known: yolov5s, yolov5m}: the nearest first, ten at most, by the
   * number of letters to change.
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
            Comparator.<String>comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(MOST_SHOWN)
        .toList();
  }

  /** Levenshtein's distance: letters to insert, delete or replace. */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
