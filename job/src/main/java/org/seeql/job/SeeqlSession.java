package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.seeql.job.jdbc.DatabaseConnector;
import org.seeql.job.jdbc.DatabaseErrors;
import org.seeql.job.jdbc.SystemSchema;
import org.seeql.job.jdbc.UserSession;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/**
 * Executes statements, one after the other, over one connection to the database. For one thread;
 * closed by who made it, which leaves Spark running.
 */
@SuppressWarnings("UnusedVariable")
public final class SeeqlSession implements AutoCloseable {
  private final DatabaseConnector database;
  private final Supplier<SparkSession> spark;
  private final SessionOptions options;
  private final RunListener listener;
  private final UserSession user;

  /**
   * @param spark asked for once a statement needs it, from any thread; always the same session
   * @throws JobException if the database cannot be reached or refuses the user
   */
  public SeeqlSession(
      DatabaseConnector database,
      Supplier<SparkSession> spark,
      SessionOptions options,
      RunListener listener) {
    this.database = requireNonNull(database, "database is null");
    this.spark = requireNonNull(spark, "spark is null");
    this.options = requireNonNull(options, "options is null");
    this.listener = requireNonNull(listener, "listener is null");
    try {
      this.user = UserSession.open(database);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database, e);
    }
  }

  /**
   * Executes a statement to its end.
   *
   * @throws PlanningException with everything that is wrong with a run
   * @throws JobException for what the database or the model repository refuses
   * @throws RunFailedException if a run began and failed
   */
  public StatementResult execute(Statement statement) {
    return statement.accept(new Execution());
  }

  /**
   * Goes on with a run that did not get to its end: the same images, options and partitions, but
   * for those that are committed.
   *
   * @throws JobException if there is no such run, it still runs, or what it needs is gone
   * @throws RunFailedException if it fails again
   */
  public StatementResult resume(String runId) {
    prepareSystemSchema();
    throw new JobException("Unknown run '" + runId + "'");
  }

  @Override
  public void close() {
    try {
      user.close();
    } catch (SQLException e) {
      // lost already
    }
  }

  private void prepareSystemSchema() {
    try {
      SystemSchema.migrate(database);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot prepare SeeQL's own tables", e);
    }
  }

  private final class Execution implements Statement.Visitor<StatementResult> {
    @Override
    public StatementResult visitSql(SqlStatement statement) {
      try {
        return user.execute(statement.sql());
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot execute the statement at " + statement.position(), e);
      }
    }

    @Override
    public StatementResult visitRun(RunStatement statement) {
      return notYet(statement, "TO RUN");
    }

    @Override
    public StatementResult visitPredict(PredictStatement statement) {
      return notYet(statement, "TO PREDICT");
    }

    @Override
    public StatementResult visitCreateModel(CreateModelStatement statement) {
      return notYet(statement, "CREATE MODEL");
    }

    @Override
    public StatementResult visitDropModel(DropModelStatement statement) {
      return notYet(statement, "DROP MODEL");
    }

    @Override
    public StatementResult visitShowModels(ShowModelsStatement statement) {
      return notYet(statement, "SHOW MODELS");
    }

    @Override
    public StatementResult visitDescribeModel(DescribeModelStatement statement) {
      return notYet(statement, "DESCRIBE MODEL");
    }

    @Override
    public StatementResult visitFind(FindStatement statement) {
      return notYet(statement, "TO FIND");
    }

    @Override
    public StatementResult visitTrain(TrainStatement statement) {
      return notYet(statement, "TO TRAIN");
    }

    @Override
    public StatementResult visitEvaluate(EvaluateStatement statement) {
      return notYet(statement, "TO EVALUATE");
    }

    @Override
    public StatementResult visitExplain(ExplainStatement statement) {
      return notYet(statement, "TO EXPLAIN");
    }

    @Override
    public StatementResult visitShowTrain(ShowTrainStatement statement) {
      return notYet(statement, "SHOW TRAIN");
    }

    @Override
    public StatementResult visitExplainPlan(ExplainPlanStatement statement) {
      return notYet(statement, "EXPLAIN");
    }

    private StatementResult notYet(Statement statement, String clause) {
      throw new PlanningException(
          statement.position(),
          List.of(clause + " is understood, but this version cannot run it yet"));
    }
  }
}
