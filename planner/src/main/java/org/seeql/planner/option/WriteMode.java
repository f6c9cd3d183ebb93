package org.seeql.planner.option;

/** How a run handles an existing result table. */
public enum WriteMode {
  /** Refuses the statement. */
  ERROR,
  /** Adds rows, partition by partition. */
  APPEND,
  /** Replaces the old table in one step when the new table is complete. */
  OVERWRITE
}
