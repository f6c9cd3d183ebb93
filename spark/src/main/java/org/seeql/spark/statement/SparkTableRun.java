package org.seeql.spark.statement;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.job.check.FramePlan;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.spark.session.JobDescription;

/**
 * Executes a statement whose rows go into a Spark table, with Spark's own writer.
 *
 * <p>It is not a {@link org.seeql.job.sink.ResultSink}, because a sink leaves it to the ledger
 * which attempts are in the result, and Spark's writer decides that itself, for all partitions at
 * once.
 */
final class SparkTableRun {
  static final String KEY = "spark.seeql.into";
  private static final String SPARK = "spark";
  private static final String DATABASE = "database";

  private SparkTableRun() {}

  /** Whether a target belongs to Spark: it is in a catalog, or the setting selects Spark. */
  static boolean isSparks(SparkSession spark, TableName target) {
    String into = spark.conf().get(KEY, DATABASE).strip().toLowerCase(Locale.ROOT);
    if (!into.equals(SPARK) && !into.equals(DATABASE)) {
      throw new RefusalException("Invalid %s: '%s' (database or spark)".formatted(KEY, into));
    }
    return target.catalog().isPresent() || into.equals(SPARK);
  }

  /**
   * Executes the statement and waits until it ends. The row has the columns of {@link
   * StatementColumns#RUN}.
   */
  static List<Object> execute(SparkSession spark, Statement statement, SelectionSource source) {
    long start = System.nanoTime();
    StatementFrame frame = StatementFrame.of(spark, statement, source);
    FramePlan plan = frame.plan();
    TableName target = plan.target().orElseThrow();
    RunTally tally = RunTally.in(spark.sparkContext());
    // Not with an Observation: it leaves a listener, after which every user error has a stack trace
    Dataset<Row> written = frame.rows(tally);
    JobDescription.during(
        spark,
        "SeeQL run %s: %s INTO %s".formatted(plan.runId(), plan.names(), target),
        () -> written.write().mode(mode(plan.options().mode())).saveAsTable(target.quoted()));
    double seconds = (System.nanoTime() - start) / 1e9;
    // Not earlier: the number of images is known only after Spark has written the last row
    tally.refuseTooMany(
        plan.options().maxFailedImages(),
        plan.runId(),
        "The other images have %d rows in %s".formatted(tally.rows(), target));
    return Arrays.asList(
        plan.runId(),
        CommandRows.SUCCEEDED,
        plan.names(),
        target.toString(),
        tally.images(),
        tally.failed(),
        tally.rows(),
        seconds,
        tally.images() / seconds,
        tally.tasks(),
        null,
        null,
        null);
  }

  private static SaveMode mode(Optional<WriteMode> mode) {
    return switch (mode.orElse(WriteMode.ERROR)) {
      case ERROR -> SaveMode.ErrorIfExists;
      case APPEND -> SaveMode.Append;
      case OVERWRITE -> SaveMode.Overwrite;
    };
  }
}
