package org.seeql.job.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.seeql.job.RunListener;
import org.seeql.job.SeeqlSession;
import org.seeql.planner.statement.Statement;

/** Executes one statement for a Spark session, on the database of its settings. */
final class StatementRun {
  private StatementRun() {}

  /** The rows of what came of it, with the columns of {@link StatementColumns}. */
  static List<Row> execute(SparkSession spark, Statement statement) {
    SparkDatabase database = SparkDatabase.of(spark);
    try (SeeqlSession session =
        new SeeqlSession(
            database.connector(), () -> spark, StatementSettings.of(spark), RunListener.NONE)) {
      return CommandRows.of(session.execute(statement));
    }
  }
}
