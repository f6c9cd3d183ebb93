package org.seeql.bench.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The vertical scale of a chart, in steps of 1, 2 or 5 times a power of ten.
 *
 * @param low a multiple of the step
 * @param high a multiple of the step, above {@code low}
 * @param digits of the fraction of all multiples of the step
 */
record Scale(double low, double high, double step, int digits) {
  private static final int STEPS = 5;
  // 0.3 / 0.1 is less than 3
  private static final double ROUNDING = 1e-9;

  /** The smallest scale of at least about five steps that contains both values. */
  static Scale of(double lowest, double highest) {
    double range = highest > lowest ? highest - lowest : 1;
    int power = (int) Math.floor(Math.log10(range / STEPS) + ROUNDING);
    double unit = Math.pow(10, power);
    double units = range / STEPS / unit;
    double step = unit * (units >= 5 ? 5 : units >= 2 ? 2 : 1);
    double low = Math.floor(lowest / step + ROUNDING) * step;
    double high = Math.ceil(highest / step - ROUNDING) * step;
    return new Scale(low, high > low ? high : low + STEPS * step, step, Math.max(0, -power));
  }

  /** The position of a finite value: 0 at the bottom, 1 at the top. */
  double position(double value) {
    return (value - low) / (high - low);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= Math.round((high - low) / step); i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  String text(double tick) {
    return String.format(Locale.ROOT, "%." + digits + "f", tick);
  }
}
