package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.ledger.PartitionBounds;
import org.seeql.job.inference.PartitionTask;
import org.seeql.job.inference.RunJobs;
import org.seeql.job.inference.RunTaskSettings;

/**
 * The Spark job of a run: one task per partition. A task reads its rows of the selection over JDBC,
 * runs the model on them and commits.
 *
 * <p>The bounds are an RDD; the selection is not a DataFrame. Reading three columns needs no
 * optimizer, whose first use takes seconds.
 */
public final class InferenceJob {
  private final SparkSession spark;
  private final RunTaskSettings work;

  public InferenceJob(SparkSession spark, RunTaskSettings work) {
    this.spark = requireNonNull(spark, "spark is null");
    this.work = requireNonNull(work, "work is null");
  }

  /**
   * Runs partitions until they are committed.
   *
   * @param description the name of the job in Spark's UI
   * @throws Exception as reported by Spark, if a task failed too often
   */
  public void run(List<PartitionBounds> partitions, String description) throws Exception {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    RunJobs.during(
        spark.sparkContext(),
        work.runId(),
        description,
        () ->
            context
                .parallelize(partitions, partitions.size())
                .mapPartitions(new PartitionTask(work))
                .collect());
  }

  /** Cancels the tasks of the run; {@link #run} then throws. May be called from any thread. */
  public void cancel() {
    RunJobs.cancel(spark.sparkContext(), work.runId());
  }
}
