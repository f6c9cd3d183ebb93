package org.seeql.spark.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.seeql.job.RunListener;
import org.seeql.job.SeeqlSession;
import org.seeql.job.StatementResult;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainPlanStatement.Extent;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.spark.session.SparkDatabase;

/** Executes one statement for a Spark session, on the database of its settings. */
final class StatementRun {
  private StatementRun() {}

  /** The rows of the result, with the columns of {@link StatementColumns}. */
  static List<Row> execute(SparkSession spark, Statement statement, SelectionSource source)
      throws InterruptedException {
    try {
      return rows(spark, statement, source);
    } catch (PlanningException e) {
      throw source instanceof SelectionSource.Database database ? database.explained(e) : e;
    }
  }

  /** The rows of a statement that only shows them; they are not read yet. */
  static Dataset<Row> shown(SparkSession spark, Statement statement, SelectionSource source) {
    try {
      return StatementFrame.of(spark, statement, source).shown();
    } catch (PlanningException e) {
      throw source instanceof SelectionSource.Database database ? database.explained(e) : e;
    }
  }

  private static List<Row> rows(SparkSession spark, Statement statement, SelectionSource source)
      throws InterruptedException {
    Optional<TableName> target =
        statement.subject().findSelecting().flatMap(SelectingStatement::target);
    boolean intoSpark = target.isPresent() && SparkTableRun.isSparks(spark, target.get());
    boolean ofSpark = source instanceof SelectionSource.Spark;
    if (!intoSpark && !ofSpark) {
      return inDatabase(spark, statement);
    }
    if (statement instanceof ExplainPlanStatement explain) {
      if (explain.extent() == Extent.ANALYZE) {
        throw refused(
            statement,
            "EXPLAIN ANALYZE supports only statements that read and write tables of the database");
      }
      FrameExplanation.Explained explained =
          FrameExplanation.of(StatementFrame.of(spark, explain.statement(), source));
      return CommandRows.of(
          new StatementResult.Explanation(explained.text(), explained.document()));
    }
    if (!intoSpark) {
      throw refused(
          statement,
          "the images are in a relation of Spark, but "
              + target.map(t -> "the table " + t).orElse("the target")
              + " is in the database; write into a table of Spark (INTO spark_catalog.database.table, or"
              + " set spark.seeql.into=spark), or select from the database (set"
              + " spark.seeql.relations=database)");
    }
    return List.of(row(statement, SparkTableRun.execute(spark, statement, source)));
  }

  private static List<Row> inDatabase(SparkSession spark, Statement statement) {
    try (SeeqlSession session =
        new SeeqlSession(
            SparkDatabase.of(spark).connector(),
            () -> spark,
            StatementSettings.of(spark),
            RunListener.NONE)) {
      return CommandRows.of(session.execute(statement));
    }
  }

  /** Fills the columns that only a run in the database has with null. */
  private static Row row(Statement statement, List<Object> cells) {
    List<Object> all = new ArrayList<>(cells);
    while (all.size() < StatementColumns.of(statement).schema().size()) {
      all.add(null);
    }
    return RowFactory.create(all.toArray());
  }

  private static PlanningException refused(Statement statement, String problem) {
    return new PlanningException(statement.position(), List.of(problem));
  }
}
