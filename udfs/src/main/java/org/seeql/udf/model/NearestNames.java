package org.seeql.udf.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names in the order of their likeness to what somebody wrote. */
final class NearestNames {
  private static final int MOST = 10;

  private NearestNames() {}

  /** At most ten names, those first that fewer edits make of the one given. */
  static List<String> of(String written, Collection<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt(name -> distance(written, name)))
        .limit(MOST)
        .toList();
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
