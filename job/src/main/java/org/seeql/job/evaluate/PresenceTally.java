package org.seeql.job.evaluate;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.udf.evaluate.PresenceCounts;

/** Counts, image by image, which classes are shown and which a model says are. Not thread-safe. */
final class PresenceTally {
  private final long[] shown;
  private final long[] answered;
  private final long[] both;
  private long images;

  PresenceTally(int classes) {
    shown = new long[classes];
    answered = new long[classes];
    both = new long[classes];
  }

  /** Adds an image by the numbers of its classes. */
  void add(BitSet labelled, BitSet said) {
    images++;
    labelled.stream().forEach(c -> shown[c]++);
    said.stream().forEach(c -> answered[c]++);
    labelled.stream().filter(said::get).forEach(c -> both[c]++);
  }

  long images() {
    return images;
  }

  List<PresenceCounts> counts() {
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
