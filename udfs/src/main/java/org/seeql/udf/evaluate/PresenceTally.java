package org.seeql.udf.evaluate;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Counts, for each class, the images that show it and the images in which a model finds it. Not
 * thread-safe.
 */
public final class PresenceTally {
  private final long[] shown;
  private final long[] answered;
  private final long[] both;
  private long images;

  public PresenceTally(int classes) {
    shown = new long[classes];
    answered = new long[classes];
    both = new long[classes];
  }

  /** Adds an image. */
  public void add(BitSet labelled, BitSet reported) {
    images++;
    labelled.stream().forEach(c -> shown[c]++);
    reported.stream().forEach(c -> answered[c]++);
    labelled.stream().filter(reported::get).forEach(c -> both[c]++);
  }

  public long images() {
    return images;
  }

  public List<PresenceCounts> counts() {
    return IntStream.range(0, shown.length)
        .mapToObj(
            c ->
                new PresenceCounts(
                    both[c],
                    answered[c] - both[c],
                    shown[c] - both[c],
                    images - shown[c] - answered[c] + both[c]))
        .toList();
  }
}
