package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/**
 * A random mask of RISE: a grid of visible and hidden cells, enlarged to one cell more than the
 * image has along each side by bilinear interpolation, and cropped at a random offset.
 */
final class GridMask implements Mask {
  private final int grid;
  private final BitSet visible;
  private final double shiftAcross;
  private final double shiftDown;
  private final boolean inverted;

  /**
   * Creates a mask.
   *
   * @param grid the number of cells along each side
   * @param visible the visible cells, row by row
   * @param shiftAcross the offset of the crop as a share of a cell, from 0 to below 1
   * @param inverted whether the result is 1 minus the mask
   */
  GridMask(int grid, BitSet visible, double shiftAcross, double shiftDown, boolean inverted) {
    this.grid = grid;
    this.visible = requireNonNull(visible, "visible is null");
    this.shiftAcross = shiftAcross;
    this.shiftDown = shiftDown;
    this.inverted = inverted;
  }

  @Override
  public float[] pixels(int width, int height) {
    return at(Mask.centres(width), Mask.centres(height), width, height);
  }

  @Override
  public float[] at(double[] across, double[] down, int width, int height) {
    Interpolation columns = new Interpolation(across, width, shiftAcross);
    Interpolation rows = new Interpolation(down, height, shiftDown);
    float[] values = new float[across.length * down.length];
    float[] row = new float[grid];
    for (int y = 0; y < down.length; y++) {
      int first = rows.cell[y];
      int second = Math.min(first + 1, grid - 1);
      for (int cell = 0; cell < grid; cell++) {
        row[cell] = mix(value(first, cell), value(second, cell), rows.share[y]);
      }
      for (int x = 0; x < across.length; x++) {
        int left = columns.cell[x];
        float shown = mix(row[left], row[Math.min(left + 1, grid - 1)], columns.share[x]);
        values[y * across.length + x] = inverted ? 1 - shown : shown;
      }
    }
    return values;
  }

  private float value(int row, int column) {
    return visible.get(row * grid + column) ? 1 : 0;
  }

  private static float mix(float first, float second, float share) {
    return first + (second - first) * share;
  }

  /** For each position the cell before it, and the share of the cell after it. */
  private final class Interpolation {
    private final int[] cell;
    private final float[] share;

    Interpolation(double[] positions, int size, double shift) {
      cell = new int[positions.length];
      share = new float[positions.length];
      int cellSize = (size + grid - 1) / grid;
      int offset = (int) (shift * cellSize);
      double scale = grid / (double) ((grid + 1) * cellSize);
      for (int i = 0; i < positions.length; i++) {
        double at = (positions[i] + offset) * scale - 0.5;
        double inside = Math.min(Math.max(at, 0), grid - 1.0);
        cell[i] = (int) inside;
        share[i] = (float) (inside - cell[i]);
      }
    }
  }
}
