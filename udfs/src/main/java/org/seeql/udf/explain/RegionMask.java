package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;

/** A mask that shows or hides whole pixels: a window of occlusion, or the cells of a map. */
interface RegionMask extends Mask {
  /**
   * Whether a position is shown.
   *
   * @param across a share of the width, 0 to 1
   * @param down a share of the height, 0 to 1
   */
  boolean shows(double across, double down);

  @Override
  default float[] pixels(int width, int height) {
    return at(Mask.centres(width), Mask.centres(height), width, height);
  }

  @Override
  default float[] at(double[] across, double[] down, int width, int height) {
    float[] values = new float[across.length * down.length];
    for (int y = 0; y < down.length; y++) {
      for (int x = 0; x < across.length; x++) {
        values[y * across.length + x] = shows(across[x] / width, down[y] / height) ? 1 : 0;
      }
    }
    return values;
  }

  /** Hides a rectangle. */
  record Window(double left, double top, double right, double bottom) implements RegionMask {
    @Override
    public boolean shows(double across, double down) {
      return across < left || across >= right || down < top || down >= bottom;
    }
  }

  /** Shows some cells of a map, which covers the whole image. */
  record Cells(View view, BitSet visible) implements RegionMask {
    public Cells {
      requireNonNull(view, "view is null");
      requireNonNull(visible, "visible is null");
    }

    @Override
    public boolean shows(double across, double down) {
      return visible.get(
          cell(view.wholeDown(down)) * SaliencyMap.SIDE + cell(view.wholeAcross(across)));
    }

    private static int cell(double share) {
      return Math.min(Math.max((int) (share * SaliencyMap.SIDE), 0), SaliencyMap.SIDE - 1);
    }
  }
}
