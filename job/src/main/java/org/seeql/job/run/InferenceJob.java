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
 * The Spark job of a run: one task a partition, which reads its rows of the selection by JDBC, runs
 * the model over them and commits.
 *
 * <p>The bounds are an RDD, and not the selection a DataFrame: reading three columns needs no
 * optimiser, whose first use costs seconds.
 */
public final class InferenceJob {
  private final SparkSession spark;
  private final RunTaskSettings work;

  public InferenceJob(SparkSession spark, RunTaskSettings work) {
    this.spark = requireNonNull(spark, "spark is null");
    this.work = requireNonNull(work, "work is null");
  }

  /**
   * Runs partitions to their commits.
   *
   * @param description what Spark's pages call the job
   * @throws Exception what Spark reports of a task that failed too often
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

  /** Stops the run's tasks; {@link #run} then throws. May be called from any thread. */
  public void cancel() {
    RunJobs.cancel(spark.sparkContext(), work.runId());
  }
}
