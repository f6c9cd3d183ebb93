package org.seeql.chaos.kill;

import java.util.List;
import java.util.Random;

/** How a run writes, and the state of its target before. */
enum Mode {
  /** Creates the table. */
  ERROR("'--mode=error'", false),
  /** Replaces a table that already has the rows. */
  OVERWRITE("'--mode=overwrite'", true),
  /** Creates the table and appends partition by partition. */
  APPEND("'--mode=append'", false),
  /** Appends to a table that has the rows of another run. */
  APPEND_MORE("'--mode=append'", true),
  /** Appends missing rows to a table that does not exist. */
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

  /** The arguments in CMD. */
  String arguments() {
    return arguments;
  }

  /** Whether the target exists before the run. */
  boolean hasTarget() {
    return existing;
  }
}
