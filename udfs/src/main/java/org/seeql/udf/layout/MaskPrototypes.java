package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;

/**
 * The prototypes of the masks of one image. They cover the model's input.
 *
 * <p>A mask has the size of the original image. It contains the pixels inside the box whose logit
 * is positive, which is a sigmoid above 0.5. Logits are interpolated bilinearly between the cells
 * of the prototypes, at the centre of each pixel. This is {@code process_mask_native} of
 * Ultralytics 8.4 ({@code retina_masks=True}), which interpolates twice if the padding of the
 * letterbox does not end at a cell; here the interpolation is always exact.
 *
 * <p>Only one mask is in memory at a time, in the resolution of the prototypes.
 *
 * @see <a
 *     href="https://github.com/ultralytics/ultralytics/blob/v8.3.0/ultralytics/utils/ops.py#L693">{@code
 *     process_mask_native}</a>
 */
final class MaskPrototypes {
  private final FloatBuffer values;
  private final int start;
  private final int count;
  private final Axis across;
  private final Axis down;
  private final Letterbox letterbox;

  /**
   * The prototypes of an image.
   *
   * @param tensor {@code [B, M, h, w]}
   * @param image its index in the batch
   */
  MaskPrototypes(OutputTensor tensor, int image, InputFormat input, Letterbox letterbox) {
    this.values = tensor.values();
    this.count = tensor.size(1);
    this.across =
        new Axis(
            tensor.size(3),
            input.width(),
            letterbox.left(),
            letterbox.width(),
            letterbox.imageWidth());
    this.down =
        new Axis(
            tensor.size(2),
            input.height(),
            letterbox.top(),
            letterbox.height(),
            letterbox.imageHeight());
    this.start = image * count * across.cells * down.cells;
    this.letterbox = letterbox;
  }

  /**
   * The mask of an object.
   *
   * @param coefficients of the prototypes
   * @param box of the object; pixels outside it do not belong to the mask
   */
  Geometry.Mask mask(float[] coefficients, Candidates.PixelBox box) {
    Samples columns = new Samples(across, box.xMin(), box.xMax());
    Samples rows = new Samples(down, box.yMin(), box.yMax());
    int height = letterbox.imageHeight();
    RunLengths runs = new RunLengths();
    if (columns.pixels() > 0 && rows.pixels() > 0) {
      float[][] logits = logits(coefficients, columns, rows);
      float[] column = new float[rows.cells()];
      for (int x = 0; x < columns.pixels(); x++) {
        for (int cell = 0; cell < column.length; cell++) {
          column[cell] = columns.interpolate(logits[cell], x);
        }
        addColumn(runs, (columns.first + x) * height, rows, column);
      }
    }
    return new Geometry.Mask(
        height, letterbox.imageWidth(), runs.text(letterbox.imageWidth() * height));
  }

  /** Adds the runs of one column of pixels. */
  private static void addColumn(RunLengths runs, int offset, Samples rows, float[] column) {
    int from = -1;
    for (int y = 0; y < rows.pixels(); y++) {
      boolean isInside = rows.interpolate(column, y) > 0;
      if (isInside && from < 0) {
        from = y;
      } else if (!isInside && from >= 0) {
        runs.add(offset + rows.first + from, offset + rows.first + y);
        from = -1;
      }
    }
    if (from >= 0) {
      runs.add(offset + rows.first + from, offset + rows.first + rows.pixels());
    }
  }

  /** The logits of the cells that the pixels of a box are between, by row. */
  private float[][] logits(float[] coefficients, Samples columns, Samples rows) {
    float[][] logits = new float[rows.cells()][columns.cells()];
    float[] cells = new float[columns.cells()];
    for (int k = 0; k < count; k++) {
      int prototype = start + k * across.cells * down.cells;
      for (int row = 0; row < logits.length; row++) {
        values.get(
            prototype + (rows.firstCell() + row) * across.cells + columns.firstCell(), cells);
        for (int i = 0; i < cells.length; i++) {
          logits[row][i] += coefficients[k] * cells[i];
        }
      }
    }
    return logits;
  }

  /**
   * One axis of the image in the prototypes.
   *
   * @param cells of the prototypes
   * @param input its length in pixels of the model's input
   * @param offset of the resized image in the input; negative if it extends beyond the input
   * @param resized the length of the resized image in pixels of the input
   * @param image the length of the original image in pixels
   */
  private record Axis(int cells, int input, int offset, int resized, int image) {

    /**
     * The position of a pixel's centre, in cells from the centre of the first one. Cells of the
     * padding are not extrapolated into the image: the outermost position is the centre of the
     * outermost cell, or part of a cell if the padding does not end at a cell.
     */
    double position(int pixel) {
      double half = unit() / 2.0;
      double first = Math.max(offset, 0) + half;
      double last = Math.min(offset + resized, input) - half;
      double centre = offset + (pixel + 0.5) * resized / image;
      double inside = Math.max(first, Math.min(last, centre));
      return Math.max(0, Math.min(cells - 1.0, inside * cells / input - 0.5));
    }

    /** The largest part of a cell, in whole pixels of the input, at which the padding ends. */
    private int unit() {
      if (input % cells != 0) {
        return 1;
      }
      int before = Math.max(offset, 0);
      int after = Math.max(input - offset - resized, 0);
      return divisor(input / cells, divisor(before, after));
    }

    /** The greatest common divisor; that of 0 and a number is the number. */
    private static int divisor(int a, int b) {
      return b == 0 ? a : divisor(b, a % b);
    }
  }

  /** Pixels along an axis, and the cells that they are between. */
  private static final class Samples {
    private final int first;
    private final int[] lower;
    private final float[] weights;
    private final int cells;

    /** The pixels whose index is from {@code min} to before {@code max}, as in Ultralytics. */
    Samples(Axis axis, float min, float max) {
      first = (int) Math.ceil(min);
      int pixels = Math.max(0, (int) Math.ceil(max) - first);
      lower = new int[pixels];
      weights = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        double position = axis.position(first + i);
        lower[i] = Math.min((int) position, Math.max(0, axis.cells - 2));
        weights[i] = (float) (position - lower[i]);
      }
      cells = pixels == 0 ? 0 : Math.min(axis.cells, lower[pixels - 1] + 2) - lower[0];
    }

    int pixels() {
      return lower.length;
    }

    int cells() {
      return cells;
    }

    int firstCell() {
      return lower[0];
    }

    /**
     * The value at a pixel.
     *
     * @param values of the cells from {@link #firstCell}
     */
    float interpolate(float[] values, int pixel) {
      int cell = lower[pixel] - lower[0];
      float weight = weights[pixel];
      return weight == 0 ? values[cell] : values[cell] * (1 - weight) + values[cell + 1] * weight;
    }
  }
}
