package org.seeql.planner.optimizer;

import java.util.HashMap;
import java.util.Map;

/**
 * Where a model cannot be passed over. If the answers of one model alone turn the predicate, no
 * plan may decide without them; so a plan costs at least what its models cost there, whatever their
 * order, and the first of them runs on all images. Not thread-safe.
 */
final class Pivots {
  // as many sets of classes as vectors: 16 MiB
  private static final int MOST_KEPT = 1 << 12;

  // values that the predicate may have
  private static final byte NO = 1;
  private static final byte YES = 2;

  private final boolean[] holds;
  private final Map<Integer, byte[]> known = new HashMap<>();

  /**
   * @param holds whether the predicate does, by vector of answers
   */
  Pivots(boolean[] holds) {
    this.holds = holds;
  }

  /**
   * What no plan of these models costs less than.
   *
   * @param shares of the images, by vector of answers
   */
  double floor(Groups groups, double[] shares) {
    double floor = 0;
    double first = Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups.count(); group++) {
      double needed = needed(groups.classes()[group], shares);
      floor += needed * groups.costs()[group];
      first = Math.min(first, Math.max(0, 1 - needed) * groups.costs()[group]);
    }
    return floor + first;
  }

  private double needed(int classes, double[] shares) {
    byte[] values =
        holds.length <= MOST_KEPT ? known.computeIfAbsent(classes, this::values) : values(classes);
    double needed = 0;
    for (int vector = 0; vector < shares.length; vector++) {
      if (values[vector] == (NO | YES)) {
        needed += shares[vector];
      }
    }
    return needed;
  }

  /** What the predicate may be if only these classes were answered otherwise, by vector. */
  private byte[] values(int classes) {
    byte[] values = new byte[holds.length];
    for (int vector = 0; vector < values.length; vector++) {
      values[vector] = holds[vector] ? YES : NO;
    }
    for (int open = classes; open != 0; open &= open - 1) {
      int bit = open & -open;
      for (int vector = 0; vector < values.length; vector++) {
        if ((vector & bit) == 0) {
          byte either = (byte) (values[vector] | values[vector | bit]);
          values[vector] = either;
          values[vector | bit] = either;
        }
      }
    }
    return values;
  }
}
