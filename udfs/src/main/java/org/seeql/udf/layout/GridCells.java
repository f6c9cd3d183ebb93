package org.seeql.udf.layout;

import java.util.HashSet;
import java.util.Set;
import org.seeql.udf.image.InputFormat;

/** The number of cells in the grids that detectors use on their input. */
final class GridCells {
  private static final int[] STRIDES = {8, 16, 32, 64};

  private GridCells() {}

  /** The cells of the grids with strides 8, 16 and 32. */
  static int standard(InputFormat input) {
    return cells(input, 8) + cells(input, 16) + cells(input, 32);
  }

  /** The totals for every choice of strides, because tiny and large variants use other grids. */
  static Set<Integer> possible(InputFormat input) {
    Set<Integer> sums = new HashSet<>();
    for (int chosen = 1; chosen < 1 << STRIDES.length; chosen++) {
      int sum = 0;
      for (int i = 0; i < STRIDES.length; i++) {
        sum += (chosen >> i & 1) * cells(input, STRIDES[i]);
      }
      sums.add(sum);
    }
    return sums;
  }

  private static int cells(InputFormat input, int stride) {
    return (input.width() / stride) * (input.height() / stride);
  }
}
