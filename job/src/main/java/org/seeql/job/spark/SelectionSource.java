package org.seeql.job.spark;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Who executes the SELECT before a clause. */
sealed interface SelectionSource {
  /** The database of {@link SparkDatabase}. */
  enum Database implements SelectionSource {
    INSTANCE
  }

  /**
   * Spark.
   *
   * @param select as Spark has parsed it
   */
  record Spark(LogicalPlan select) implements SelectionSource {
    public Spark {
      requireNonNull(select, "select is null");
    }
  }
}
