package org.seeql.udf.explain;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * How much each part of an image contributes to an answer, at the centres of the cells of a grid
 * over the whole image. Immutable.
 */
public final class SaliencyMap {
  /** The number of cells along each side. */
  public static final int SIDE = 64;

  static final int CELLS = SIDE * SIDE;
  private static final int WHITE = 255;

  private final float[] values;

  private SaliencyMap(float[] values) {
    this.values = values;
  }

  /**
   * A map, scaled so that its least value becomes 0 and its largest 1. A map without differences is
   * 0 everywhere.
   *
   * @param raw row by row
   */
  static SaliencyMap scaled(double[] raw) {
    if (raw.length != CELLS) {
      throw new IllegalArgumentException("a map does not have " + raw.length + " cells");
    }
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : raw) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    float[] values = new float[CELLS];
    if (largest > least) {
      for (int i = 0; i < CELLS; i++) {
        values[i] = (float) ((raw[i] - least) / (largest - least));
      }
    }
    return new SaliencyMap(values);
  }

  /** The value of a cell, 0 to 1. */
  public float value(int column, int row) {
    return values[row * SIDE + column];
  }

  /** The cells by descending value; equal ones in the order of rows. */
  int[] order() {
    return IntStream.range(0, CELLS)
        .boxed()
        .sorted((a, b) -> Float.compare(values[b], values[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The horizontal centre of the largest value, as a share of the image's width. */
  public double peakAcross() {
    return centre(order()[0] % SIDE);
  }

  /** The vertical centre of the largest value, as a share of the image's height. */
  public double peakDown() {
    return centre(order()[0] / SIDE);
  }

  private static double centre(int cell) {
    return (cell + 0.5) / SIDE;
  }

  /**
   * The share of the sum of all values that is inside a box; 0 for a map without differences.
   *
   * @param left as a share of the image's width, as are the others of width or height
   */
  public double energyIn(double left, double top, double right, double bottom) {
    double inside = 0;
    double all = 0;
    for (int row = 0; row < SIDE; row++) {
      double covered = covered(row, top, bottom);
      for (int column = 0; column < SIDE; column++) {
        all += value(column, row);
        inside += value(column, row) * covered * covered(column, left, right);
      }
    }
    return all > 0 ? inside / all : 0;
  }

  /** The share of a cell's side that is between two positions. */
  private static double covered(int cell, double from, double to) {
    return Math.max(0, Math.min(cell + 1, to * SIDE) - Math.max(cell, from * SIDE));
  }

  /** The map as a PNG image with 8 bits for each pixel: 0 is black, 1 is white. */
  public byte[] png() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        image.getRaster().setSample(column, row, 0, Math.round(value(column, row) * WHITE));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
