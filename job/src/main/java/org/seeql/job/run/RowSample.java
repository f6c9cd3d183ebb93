package org.seeql.job.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Draws random rows of a selection. Pure. */
final class RowSample {
  private RowSample() {}

  /**
   * Draws rows without replacement. The seed is derived from the text alone, so the same arguments
   * give the same rows.
   *
   * @param seed a text such as a run id
   * @param rows number of rows, which are numbered from 1
   * @param size number of rows to draw; all if there are fewer
   * @return the numbers, each once, in random order
   */
  static List<Long> draw(String seed, long rows, int size) {
    SplittableRandom random = new SplittableRandom(number(seed));
    int drawn = (int) Math.min(rows, size);
    // Fisher and Yates's shuffle, of which only the moved numbers are stored
    Map<Long, Long> moved = new HashMap<>();
    List<Long> sample = new ArrayList<>(drawn);
    for (long i = 0; i < drawn; i++) {
      long j = random.nextLong(i, rows);
      sample.add(moved.getOrDefault(j, j) + 1);
      moved.put(j, moved.getOrDefault(i, i));
    }
    return sample;
  }

  /**
   * Draws rows without replacement from those that are not excluded.
   *
   * @param excluded numbers from 1 to {@code rows}
   */
  static List<Long> draw(String seed, long rows, int size, Set<Long> excluded) {
    return draw(seed, rows, Math.addExact(size, excluded.size())).stream()
        .filter(row -> !excluded.contains(row))
        .limit(size)
        .toList();
  }

  private static long number(String seed) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
