package org.seeql.planner.optimizer;

import java.util.HashMap;
import java.util.Map;

/**
 * A lower bound on cost from models that no plan can skip. If the answers of one model alone change
 * the predicate's value, every plan must run it for that image. So a plan costs at least the sum of
 * these models, in any order. The model that runs first also runs on all other images. Not
 * thread-safe.
 */
final class Pivots {
  // one entry per set of classes and vector: 16 MiB
  private static final int MAX_KEPT = 1 << 12;

  // possible values of the predicate
  private static final byte NO = 1;
  private static final byte YES = 2;

  private final boolean[] holds;
  private final Map<Integer, byte[]> known = new HashMap<>();

  /**
   * @param holds whether the predicate holds, by vector of answers
   */
  Pivots(boolean[] holds) {
    this.holds = holds;
  }

  /**
   * A lower bound on the cost of all plans with these models.
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
        holds.length <= MAX_KEPT ? known.computeIfAbsent(classes, this::values) : values(classes);
    double needed = 0;
    for (int vector = 0; vector < shares.length; vector++) {
      if (values[vector] == (NO | YES)) {
        needed += shares[vector];
      }
    }
    return needed;
  }

  /**
   * The possible values of the predicate if only the answers for these classes change, by vector.
   */
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
