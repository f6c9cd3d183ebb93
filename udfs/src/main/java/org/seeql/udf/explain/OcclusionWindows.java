package org.seeql.udf.explain;

import java.util.ArrayList;
import java.util.List;

/** The windows of occlusion: from the upper left corner to the lower right one, row by row. */
final class OcclusionWindows {
  private static final double ROUNDING = 1e-9;

  private OcclusionWindows() {}

  static List<Mask> of(SaliencyOptions options) {
    List<Double> starts = starts(options.window(), options.stride());
    List<Mask> windows = new ArrayList<>(starts.size() * starts.size());
    for (double top : starts) {
      for (double left : starts) {
        windows.add(
            new RegionMask.Window(left, top, left + options.window(), top + options.window()));
      }
    }
    return windows;
  }

  /** The number of windows. */
  static int count(double window, double stride) {
    double along = Math.ceil((1 - window) / stride - ROUNDING) + 1;
    return (int) Math.min(Integer.MAX_VALUE, along * along);
  }

  /** The last window ends at the border, so that every pixel is hidden once. */
  private static List<Double> starts(double window, double stride) {
    List<Double> starts = new ArrayList<>();
    double last = 1 - window;
    for (int i = 0; i < Math.ceil(last / stride - ROUNDING); i++) {
      starts.add(i * stride);
    }
    starts.add(last);
    return starts;
  }
}
