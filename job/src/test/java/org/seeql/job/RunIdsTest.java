package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunIdsTest {
  @Test
  void sortByTimeAndTellRunsOfOneSecondApart() {
    Random random = new Random(1);
    String first = RunIds.create(Instant.parse("2026-11-22T18:45:01Z"), random);
    String second = RunIds.create(Instant.parse("2026-11-22T18:45:01Z"), random);
    String later = RunIds.create(Instant.parse("2026-11-22T18:45:02Z"), random);

    assertThat(first).matches("20261122-184501-[2-9a-z]{4}").isNotEqualTo(second);
    assertThat(later).isGreaterThan(first).isGreaterThan(second);
  }
}
