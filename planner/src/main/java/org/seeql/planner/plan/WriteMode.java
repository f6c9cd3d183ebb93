package org.seeql.planner.plan;

/** What becomes of a result table that is there already. */
public enum WriteMode {
  /** The statement is refused. */
  ERROR,
  /** Rows are added, partition by partition. */
  APPEND,
  /** The new table takes the old one's place in one step, when it is complete. */
  OVERWRITE
}
