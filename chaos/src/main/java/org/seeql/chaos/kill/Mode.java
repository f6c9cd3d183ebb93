package org.seeql.chaos.kill;

import java.util.List;
import java.util.Random;

/** How a run writes, and what its target is before. */
enum Mode {
  /** Makes the table. */
  ERROR("'--mode=error'", false),
  /** Replaces a table that has the rows already. */
  OVERWRITE("'--mode=overwrite'", true),
  /** Makes the table, partition by partition. */
  APPEND("'--mode=append'", false),
  /** Adds to a table that has the rows of another run. */
  APPEND_MORE("'--mode=append'", true),
  /** Adds what is missing to a table that is not there. */
  ONLY_NEW("'--mode=append', '--only_new=true'", false);

  private static final List<Mode> ALL = List.of(values());

  private final String arguments;
  private final boolean existing;

  Mode(String arguments, boolean existing) {
    this.arguments = arguments;
    this.existing = existing;
  }

  static Mode random(Random random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** As they stand in CMD. */
  String arguments() {
    return arguments;
  }

  /** Whether the target exists before. */
  boolean hasTarget() {
    return existing;
  }
}
