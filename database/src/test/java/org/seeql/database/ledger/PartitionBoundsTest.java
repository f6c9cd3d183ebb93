package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionBoundsTest {
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 3", "7, 7", "5, 100", "40670, 16", "3000000000, 1000"})
  void coverEveryRowOnceInEvenParts(long rows, int partitions) {
    List<PartitionBounds> bounds = PartitionBounds.split(rows, partitions);

    long next = 1;
    for (PartitionBounds partition : bounds) {
      assertThat(partition.firstRow()).isEqualTo(next);
      next = partition.lastRow() + 1;
    }
    assertThat(next).isEqualTo(rows + 1);
    assertThat(bounds).hasSize((int) Math.min(rows, partitions));
    assertThat(bounds)
        .extracting(PartitionBounds::rows)
        .allMatch(size -> size == rows / bounds.size() || size == rows / bounds.size() + 1);
  }

  @Test
  void hasNoPartitionsForNoRows() {
    assertThat(PartitionBounds.split(0, 4)).isEmpty();
  }
}
