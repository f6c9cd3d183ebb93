package org.seeql.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {
  @Test
  void drawsEachRowAtMostOnce() {
    assertThat(RowSample.draw("run", 1_000_000_000_000L, 10_000))
        .doesNotHaveDuplicates()
        .hasSize(10_000)
        .allMatch(row -> row >= 1 && row <= 1_000_000_000_000L);
  }

  @Test
  void drawsAllRowsOfASmallSelection() {
    assertThat(RowSample.draw("run", 5, 400)).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
    assertThat(RowSample.draw("run", 0, 400)).isEmpty();
  }

  @Test
  void drawsNoExcludedRow() {
    assertThat(RowSample.draw("run", 10, 4, Set.of(1L, 3L, 5L, 7L, 9L)))
        .hasSize(4)
        .doesNotHaveDuplicates()
        .isSubsetOf(2L, 4L, 6L, 8L, 10L);
    assertThat(RowSample.draw("run", 3, 4, Set.of(1L, 2L, 3L))).isEmpty();
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    assertThat(RowSample.draw("a", 1000, 50))
        .isEqualTo(RowSample.draw("a", 1000, 50))
        .isNotEqualTo(RowSample.draw("b", 1000, 50));
  }

  @Test
  void everyRowIsEquallyLikelyAtEveryPlace() {
    int[] first = new int[10];
    int[] drawn = new int[10];
    int draws = 10_000;
    LongStream.range(0, draws)
        .forEach(
            seed -> {
              var rows = RowSample.draw("seed " + seed, 10, 3);
              first[(int) (rows.get(0) - 1)]++;
              rows.forEach(row -> drawn[(int) (row - 1)]++);
            });

    // five standard deviations of a binomial distribution: 30 of 1,000, and 46 of 3,000
    assertThat(IntStream.of(first)).allMatch(count -> Math.abs(count - 1_000) < 150);
    assertThat(IntStream.of(drawn)).allMatch(count -> Math.abs(count - 3_000) < 230);
  }
}
