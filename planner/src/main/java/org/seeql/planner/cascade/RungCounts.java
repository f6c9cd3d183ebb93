package org.seeql.planner.cascade;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a rung has answered the images on which it was evaluated.
 *
 * @param yes images that show the class according to the rung
 * @param no images that do not show it
 * @param unsure images that move to the next rung
 * @param scores number of images with a score in [0, 0.05), [0.05, 0.1) … [0.95, 1]
 */
public record RungCounts(long yes, long no, long unsure, List<Long> scores)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public static final int BINS = 20;

  /** A float32 score of 0.95 is slightly less than 0.95. */
  private static final double SLACK = 1e-6;

  public RungCounts {
    // Copies the list: the serialized form of a List.copyOf result is defined by the JDK
    scores = Collections.unmodifiableList(new ArrayList<>(scores));
    if (scores.size() != BINS) {
      throw new IllegalArgumentException("Invalid histogram: " + scores.size() + " bins (20)");
    }
  }

  /** The bin of a score. */
  static int bin(double score) {
    return (int) Math.max(0, Math.min(BINS - 1, Math.floor(score * BINS + SLACK)));
  }

  /** The images on which the rung was evaluated. */
  public long images() {
    return yes + no + unsure;
  }

  /** The share of these images that the rung answers, 0 to 1; 0 if there is none. */
  public double settled() {
    return images() == 0 ? 0 : (yes + no) / (double) images();
  }

  /** The sum of these and other counts of the same rung. */
  public RungCounts plus(RungCounts other) {
    List<Long> sums = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      sums.add(scores.get(bin) + other.scores.get(bin));
    }
    return new RungCounts(yes + other.yes, no + other.no, unsure + other.unsure, sums);
  }
}
