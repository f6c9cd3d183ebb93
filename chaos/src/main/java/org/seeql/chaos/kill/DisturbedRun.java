package org.seeql.chaos.kill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A run with a fixed id, and the command line that starts or resumes it.
 *
 * @param latencyMillis the artificial delay per image
 * @param options of {@code seeql run}
 */
record DisturbedRun(String id, String table, Mode mode, int latencyMillis, List<String> options) {
  static final int DEFAULT_MILLIS = 12;
  private static final int SLOW_MILLIS = 50;

  DisturbedRun {
    options = List.copyOf(options);
  }

  /** A copy with another target. */
  DisturbedRun into(String target) {
    return new DisturbedRun(id, target, mode, latencyMillis, options);
  }

  /** A copy that is so slow that another command can start during inference. */
  DisturbedRun slow() {
    return new DisturbedRun(id, table, mode, SLOW_MILLIS, options);
  }

  /** A copy that replaces a table. */
  DisturbedRun replacing(String target) {
    return new DisturbedRun(id, target, Mode.OVERWRITE, latencyMillis, options);
  }

  /** A copy without options. */
  DisturbedRun plain() {
    return new DisturbedRun(id, table, mode, latencyMillis, List.of());
  }

  String[] command(String sql) {
    List<String> arguments = new ArrayList<>(options);
    Collections.addAll(arguments, "--run-id", id, "-e", sql);
    return arguments.toArray(new String[0]);
  }
}
