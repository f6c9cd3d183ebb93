package org.seeql.database.ledger;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A range of rows of a selection.
 *
 * @param id from 0
 * @param firstRow its first row, from 1
 * @param lastRow its last row, inclusive
 */
public record PartitionBounds(int id, long firstRow, long lastRow) implements Serializable {
  private static final long serialVersionUID = 1L;

  public PartitionBounds {
    if (id < 0 || firstRow < 1 || lastRow < firstRow) {
      throw new IllegalArgumentException(
          "partition " + id + " cannot go from row " + firstRow + " to " + lastRow);
    }
  }

  /** Splits rows into partitions whose sizes differ by at most one row. */
  public static List<PartitionBounds> split(long rows, int partitions) {
    int count = (int) Math.min(rows, partitions);
    List<PartitionBounds> bounds = new ArrayList<>(count);
    long next = 1;
    for (int id = 0; id < count; id++) {
      long size = rows / count + (id < rows % count ? 1 : 0);
      bounds.add(new PartitionBounds(id, next, next + size - 1));
      next += size;
    }
    return bounds;
  }

  public long rows() {
    return lastRow - firstRow + 1;
  }
}
