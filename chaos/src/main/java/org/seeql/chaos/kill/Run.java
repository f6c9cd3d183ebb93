package org.seeql.chaos.kill;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A run with a chosen id and the command line that begins it, and that continues it.
 *
 * @param options of {@code seeql run}
 */
record Run(String id, String table, Mode mode, List<String> options) {
  Run {
    options = List.copyOf(options);
  }

  /** The same with another target. */
  Run into(String target) {
    return new Run(id, target, mode, options);
  }

  /** A run that replaces a table. */
  Run replacing(String target) {
    return new Run(id, target, Mode.OVERWRITE, options);
  }

  String[] command(String sql) {
    List<String> arguments = new ArrayList<>(options);
    Collections.addAll(arguments, "--run-id", id, "-e", sql);
    return arguments.toArray(new String[0]);
  }
}
