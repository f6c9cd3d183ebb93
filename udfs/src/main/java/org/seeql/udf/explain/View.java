package org.seeql.udf.explain;

import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.MaskableInput;

/**
 * The part of an image that the model sees; only a model that crops images does not see all. All
 * positions are shares of a width or height.
 */
record View(double left, double top, double width, double height) {
  static View of(MaskableInput input) {
    Letterbox whole = input.letterbox();
    return new View(
        (input.left() - whole.left()) / (double) whole.width(),
        (input.top() - whole.top()) / (double) whole.height(),
        input.width() / (double) whole.width(),
        input.height() / (double) whole.height());
  }

  /** Converts a position in this part to one in the whole image. */
  double wholeAcross(double across) {
    return left + across * width;
  }

  double wholeDown(double down) {
    return top + down * height;
  }

  /** The horizontal centres of a map's cells, in pixels of this part with that width. */
  double[] cellsAcross(int pixels) {
    return cells(left, width, pixels);
  }

  double[] cellsDown(int pixels) {
    return cells(top, height, pixels);
  }

  private static double[] cells(double start, double length, int pixels) {
    double[] positions = new double[SaliencyMap.SIDE];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = ((i + 0.5) / SaliencyMap.SIDE - start) / length * pixels;
    }
    return positions;
  }

  /** Whether the model sees the centre of a cell of the map. */
  boolean sees(int cell) {
    int column = cell % SaliencyMap.SIDE;
    int row = cell / SaliencyMap.SIDE;
    double across = (column + 0.5) / SaliencyMap.SIDE;
    double down = (row + 0.5) / SaliencyMap.SIDE;
    return across >= left && across <= left + width && down >= top && down <= top + height;
  }
}
