package org.seeql.spark.statement;

import java.util.List;
import java.util.Properties;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.job.check.FramePlan;
import org.seeql.job.check.FramePlanner;
import org.seeql.job.inference.ImageTally;
import org.seeql.job.run.Cores;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.spark.frame.Seeql;
import org.seeql.spark.session.SeeqlConnectionProvider;
import org.seeql.spark.session.SparkDatabase;

/**
 * The rows of a statement as a lazy frame: images are read when rows are requested.
 *
 * @param images the selection, with the required columns
 */
record StatementFrame(SparkSession spark, FramePlan plan, Dataset<Row> images) {
  private static final String RUN_ID = "run_id";
  private static final String FETCHED_AT_ONCE = "1000";
  private static final String DRIVER = "com.mysql.cj.jdbc.Driver";
  // Like the default of a run
  private static final int PARTITIONS_PER_CORE = 3;

  /** Plans a statement without reading anything yet. */
  static StatementFrame of(SparkSession spark, Statement statement, SelectionSource source) {
    SparkDatabase opened = SparkDatabase.of(spark);
    opened.migrate();
    DatabaseConnector database = opened.connector();
    FramePlanner planner =
        new FramePlanner(
            database, StatementSettings.of(spark), () -> spark.sparkContext().isLocal());
    FramePlan plan;
    Dataset<Row> images;
    if (source instanceof SelectionSource.Spark relation) {
      Dataset<Row> selected = Relations.frame(spark, relation.select());
      plan = planner.overFrame(statement, List.of(selected.columns()));
      images = needed(selected, plan);
      if (plan.options().partitions().isPresent()) {
        images = images.repartition(plan.options().partitions().getAsInt());
      }
    } else {
      plan = planner.overSelection(statement);
      images =
          needed(selected(spark, database, plan.select()), plan)
              // one task reads the selection, which has only paths; all tasks read images
              .repartition(
                  plan.options()
                      .partitions()
                      .orElse(Cores.of(spark).inAll() * PARTITIONS_PER_CORE));
    }
    return new StatementFrame(spark, plan, images);
  }

  /** The rows that the statement would write. */
  Dataset<Row> rows(ImageTally tally) {
    return Seeql.on(spark)
        .predictions(images, plan.layout(), plan.models(), plan.options(), tally, plan.runId());
  }

  /** The same rows. The number of failed images appears only in the executors' logs. */
  Dataset<Row> uncounted() {
    return rows((answered, failed, rows, firstFailure) -> {});
  }

  /** The rows that the statement shows, without a run id, because there is no run. */
  Dataset<Row> shown() {
    boolean hasRunId =
        plan.layout().computedColumns().stream().map(ResultColumn::name).anyMatch(RUN_ID::equals);
    return hasRunId ? uncounted().drop(RUN_ID) : uncounted();
  }

  private static Dataset<Row> selected(
      SparkSession spark, DatabaseConnector database, String select) {
    Properties properties = SeeqlConnectionProvider.options(database);
    properties.setProperty("fetchsize", FETCHED_AT_ONCE);
    properties.setProperty("driver", DRIVER);
    return spark.read().jdbc(database.url(), "(" + select + "\n) AS seeql_selected", properties);
  }

  private static Dataset<Row> needed(Dataset<Row> images, FramePlan plan) {
    return images.select(
        plan.layout().neededColumns().stream()
            .map(name -> functions.col(TableName.quote(name)))
            .toArray(Column[]::new));
  }
}
