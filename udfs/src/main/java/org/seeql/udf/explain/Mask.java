package org.seeql.udf.explain;

/**
 * Which parts of an image are shown. Positions are shares of the width and height of the part of
 * the image that the model sees, 0 to 1. Immutable.
 */
interface Mask {
  /**
   * How much is shown at the centres of the pixels, 0 to 1.
   *
   * @return {@code height} rows of {@code width} values
   */
  float[] pixels(int width, int height);

  /**
   * The same at any positions of an image of that size.
   *
   * @param across horizontal positions in pixels; a pixel's centre is at its index plus 0.5
   * @param down vertical positions
   * @return a row for each vertical position
   */
  float[] at(double[] across, double[] down, int width, int height);

  /** The centres of pixels. */
  static double[] centres(int count) {
    double[] centres = new double[count];
    for (int i = 0; i < count; i++) {
      centres[i] = i + 0.5;
    }
    return centres;
  }
}
