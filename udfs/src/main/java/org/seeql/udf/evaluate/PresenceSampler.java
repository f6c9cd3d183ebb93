package org.seeql.udf.evaluate;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.zip.CRC32C;

/**
 * Samples a bounded number of images: those whose ids have the lowest checksums. The sample is
 * therefore as good as a random one, and the same for every model. Not thread-safe.
 */
public final class PresenceSampler {
  /** With this number, the 95 % confidence interval of a proportion of one half is ±1 %. */
  public static final int MAX_IMAGES = 10_000;

  private static final Comparator<Entry> BY_RANK =
      Comparator.comparingLong(Entry::rank).thenComparing(entry -> entry.image().id());

  private final int most;
  private final PriorityQueue<Entry> kept = new PriorityQueue<>(BY_RANK.reversed());

  private record Entry(long rank, SampledImage image) {}

  public PresenceSampler(int most) {
    this.most = most;
  }

  /** Adds an image. The sets and the scores are copied. */
  public void add(String id, BitSet labelled, BitSet answered, float[] scores) {
    long rank = rank(id);
    if (kept.size() == most && rank > kept.element().rank()) {
      return;
    }
    kept.add(
        new Entry(
            rank,
            new SampledImage(
                id, (BitSet) labelled.clone(), (BitSet) answered.clone(), scores.clone())));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  private static long rank(String id) {
    CRC32C checksum = new CRC32C();
    checksum.update(id.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }

  /** The sampled images, in an order that depends only on their ids. */
  public List<SampledImage> images() {
    return kept.stream().sorted(BY_RANK).map(Entry::image).toList();
  }
}
