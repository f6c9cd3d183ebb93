package org.seeql.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommonImagesTest {
  private static final List<String> IDS =
      IntStream.range(0, 1_000).mapToObj("image-%03d"::formatted).toList();

  private static List<String> shuffled(List<String> ids) {
    return new CommonImages(ids, Map.of()).shuffled().ids();
  }

  @Test
  void hasTheSameRandomOrderInWhateverOrderASampleIs() {
    List<String> backwards = new ArrayList<>(IDS);
    Collections.reverse(backwards);

    assertThat(shuffled(IDS))
        .isEqualTo(shuffled(backwards))
        .containsExactlyInAnyOrderElementsOf(IDS);
  }

  @Test
  void everySecondImageIsARandomHalf() {
    List<String> shuffled = shuffled(IDS);
    List<String> half = IntStream.range(0, 500).mapToObj(i -> shuffled.get(2 * i)).toList();

    // The ids of one half, of one parity, and of a stretch: 250, 250 and 50 are expected. Of a
    // random
    // half the standard deviations are 7.9, 7.9 and 4.7; the tolerance is five of them
    assertThat(half.stream().filter(id -> IDS.indexOf(id) < 500).count()).isBetween(211L, 289L);
    assertThat(half.stream().filter(id -> IDS.indexOf(id) % 2 == 0).count()).isBetween(211L, 289L);
    assertThat(half.stream().filter(id -> IDS.indexOf(id) / 100 == 3).count()).isBetween(27L, 73L);
    // Correlation of place and id: 0 expected, with a standard deviation of 1 / sqrt(999)
    assertThat(correlation(shuffled)).isBetween(-0.158, 0.158);
  }

  private static double correlation(List<String> shuffled) {
    double mean = (shuffled.size() - 1) / 2.0;
    double product = 0;
    double square = 0;
    for (int i = 0; i < shuffled.size(); i++) {
      product += (i - mean) * (IDS.indexOf(shuffled.get(i)) - mean);
      square += (i - mean) * (i - mean);
    }
    return product / square;
  }
}
