package org.seeql.job.spark;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.seeql.job.inference.InferenceWork;
import org.seeql.job.inference.PartitionOutcome;
import org.seeql.job.inference.PartitionTask;
import org.seeql.job.jdbc.PartitionBounds;
import org.seeql.job.jdbc.Selection;
import org.seeql.planner.statement.TableName;

/**
 * The Spark job of a run: one task a partition, which reads its rows of the selection by JDBC, runs
 * the model over them and commits.
 */
public final class InferenceJob {
  // A cursor on the server: a slow model neither holds a result open on the wire nor in memory.
  private static final String ROWS_FETCHED_AT_ONCE = "1000";

  private final SparkSession spark;
  private final InferenceWork work;

  public InferenceJob(SparkSession spark, InferenceWork work) {
    this.spark = requireNonNull(spark, "spark is null");
    this.work = requireNonNull(work, "work is null");
  }

  /**
   * Runs partitions to their commits.
   *
   * @param description what Spark's pages call the job
   * @return an outcome a partition, in no order
   * @throws Exception what Spark reports of a task that failed too often
   */
  public List<PartitionOutcome> run(List<PartitionBounds> partitions, String description)
      throws Exception {
    spark.sparkContext().setJobGroup(work.runId(), description, true);
    try {
      Dataset<Row> selection =
          spark
              .read()
              .option("fetchsize", ROWS_FETCHED_AT_ONCE)
              .jdbc(
                  work.connector().url(),
                  rows(),
                  partitions.stream().map(InferenceJob::predicate).toArray(String[]::new),
                  work.connector().readingProperties());
      return selection
          .mapPartitions(
              new PartitionTask(work, partitions),
              Encoders.javaSerialization(PartitionOutcome.class))
          .collectAsList();
    } finally {
      spark.sparkContext().clearJobGroup();
    }
  }

  /** Stops the run's tasks; {@link #run} then throws. May be called from any thread. */
  public void cancel() {
    spark.sparkContext().cancelJobGroup(work.runId());
  }

  private String rows() {
    return "(SELECT %s, %s AS image_id, %s AS image_path FROM %s) AS selection"
        .formatted(
            Selection.ROW,
            TableName.quote(work.layout().idColumn()),
            TableName.quote(work.layout().pathColumn()),
            Selection.table(work.runId()).quoted());
  }

  private static String predicate(PartitionBounds partition) {
    return "%s BETWEEN %d AND %d"
        .formatted(Selection.ROW, partition.firstRow(), partition.lastRow());
  }
}
