package org.seeql.udf.layout;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.seeql.udf.image.InputFormat;

/** The number of cells in the grids that detectors use on their input. */
final class GridCells {
  /** Tiny variants omit the finest grid; variants for small or large objects add one. */
  private static final List<List<Integer>> STRIDES =
      List.of(List.of(8, 16, 32), List.of(16, 32), List.of(4, 8, 16, 32), List.of(8, 16, 32, 64));

  private GridCells() {}

  /** The cells of the grids with strides 8, 16 and 32. */
  static int standard(InputFormat input) {
    return cells(input, STRIDES.get(0));
  }

  /**
   * The totals for the usual choices of grids. A total of one grid proves nothing: it is as likely
   * to be the size of another tensor.
   */
  static Set<Integer> possible(InputFormat input) {
    Set<Integer> sums = new HashSet<>();
    STRIDES.forEach(strides -> sums.add(cells(input, strides)));
    return sums;
  }

  private static int cells(InputFormat input, List<Integer> strides) {
    return strides.stream()
        .mapToInt(stride -> (input.width() / stride) * (input.height() / stride))
        .sum();
  }
}
