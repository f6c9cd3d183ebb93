package org.seeql.job.evaluate;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.CRC32C;

/**
 * Keeps a bounded number of images: those whose ids have the least checksums. So it is as good as
 * chance, and the same images for every model. Not thread-safe.
 */
final class PresenceSampler {
  /** With so many, the 95 % confidence interval of a share of a half is 1 % each way. */
  static final int MOST = 10_000;

  private static final Comparator<Entry> BY_RANK =
      Comparator.comparingLong(Entry::rank).thenComparing(entry -> entry.image().id());

  private final int most;
  private final PriorityQueue<Entry> kept = new PriorityQueue<>(BY_RANK.reversed());

  private record Entry(long rank, SampledImage image) {}

  PresenceSampler(int most) {
    this.most = most;
  }

  /** Adds an image. The sets stay the caller's. */
  void add(String id, BitSet labelled, BitSet answered) {
    long rank = rank(id);
    if (kept.size() == most && rank > kept.element().rank()) {
      return;
    }
    kept.add(
        new Entry(
            rank, new SampledImage(id, (BitSet) labelled.clone(), (BitSet) answered.clone())));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  private static long rank(String id) {
    CRC32C checksum = new CRC32C();
    checksum.update(id.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  /** The images, in an order that only depends on which they are. */
  List<SampledImage> images() {
    return kept.stream().sorted(BY_RANK).map(Entry::image).toList();
  }
}
