package org.seeql.datasets.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {

  @Test
  void behavesLikeAHashSet() {
    LongSet numbers = new LongSet();
    Set<Long> expected = new HashSet<>();
    Random random = new Random(1);

    for (int i = 0; i < 100_000; i++) {
      // Dense, sparse and extreme numbers, many of them twice.
      long number =
          switch (i % 3) {
            case 0 -> random.nextInt(20_000) - 10_000L;
            case 1 -> random.nextInt(1_000) * (1L << 40);
            default -> Long.MIN_VALUE + random.nextInt(1_000);
          };
      assertThat(numbers.add(number)).isEqualTo(expected.add(number));
    }
  }
}
