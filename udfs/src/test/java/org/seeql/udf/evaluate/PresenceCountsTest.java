package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PresenceCountsTest {
  @Test
  void computesRatesOverPositivesAndNegatives() {
    PresenceCounts counts = new PresenceCounts(8, 1, 2, 9);

    assertThat(counts.images()).isEqualTo(20);
    assertThat(counts.shown()).isEqualTo(10);
    assertThat(counts.truePositiveRate()).isEqualTo(0.8);
    assertThat(counts.falsePositiveRate()).isEqualTo(0.1);
    assertThat(counts.precision()).isEqualTo(8 / 9.0);
  }

  @Test
  void aShareOfNothingIsNoNumber() {
    assertThat(new PresenceCounts(0, 0, 0, 5).truePositiveRate()).isNaN();
    assertThat(new PresenceCounts(5, 0, 0, 0).falsePositiveRate()).isNaN();
    assertThat(PresenceCounts.NONE.precision()).isNaN();
  }

  @Test
  void refusesANegativeCount() {
    assertThatThrownBy(() -> new PresenceCounts(1, 0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a count is negative");
  }
}
