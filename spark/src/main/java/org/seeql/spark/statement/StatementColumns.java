package org.seeql.spark.statement;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/** The columns of a command's result; Spark must know them before the command runs. */
enum StatementColumns {
  /** One row for a run. */
  RUN(run()),
  /** One row for a run, with the findings about the model. */
  EVALUATION(run().add("findings", DataTypes.createMapType(text(), text()))),
  /** One row for a run, with the expected and the actual plan, as text and as JSON. */
  SEARCH(run().add("plan", text()).add("document", text())),
  /** One row per model. */
  MODELS(
      new StructType()
          .add("name", text())
          .add("version", DataTypes.IntegerType)
          .add("task", text())
          .add("layout", text())
          .add("engine", text())
          .add("input", text())
          .add("classes", DataTypes.IntegerType)
          .add("base", text())
          .add("created", DataTypes.TimestampType)),
  /** One row per run. */
  RUNS(
      new StructType()
          .add("run", text())
          .add("state", text())
          .add("clause", text())
          .add("model", text())
          .add("target", text())
          .add("images", DataTypes.LongType)
          .add("failed", DataTypes.LongType)
          .add("rows", DataTypes.LongType)
          .add("started", DataTypes.TimestampType)
          .add("seconds", DataTypes.DoubleType)
          .add("leftover_mib", DataTypes.DoubleType)),
  /** One row per property of one model. */
  PROPERTIES(new StructType().add("property", text()).add("value", text())),
  /** One row, as in Spark's own EXPLAIN, and the same as JSON. */
  PLAN(new StructType().add("plan", text()).add("document", text())),
  /** One row: a message. */
  MESSAGE(new StructType().add("result", text()));

  @SuppressWarnings("Immutable") // a StructType is immutable but not annotated
  private final StructType schema;

  StatementColumns(StructType schema) {
    this.schema = schema;
  }

  StructType schema() {
    return schema;
  }

  static StatementColumns of(Statement statement) {
    return statement.accept(new OfKind());
  }

  private static StructType run() {
    return new StructType()
        .add("run_id", text())
        .add("state", text())
        .add("model", text())
        .add("target", text())
        .add("images", DataTypes.LongType)
        .add("failed", DataTypes.LongType)
        .add("rows", DataTypes.LongType)
        .add("seconds", DataTypes.DoubleType)
        .add("images_per_second", DataTypes.DoubleType)
        .add("partitions", DataTypes.IntegerType)
        .add("batch_size", DataTypes.IntegerType)
        .add("engine", text())
        .add("device", text());
  }

  private static DataType text() {
    return DataTypes.StringType;
  }

  private static final class OfKind implements Statement.Visitor<StatementColumns> {
    @Override
    public StatementColumns visitSql(SqlStatement statement) {
      throw new IllegalArgumentException("plain SQL is executed by Spark");
    }

    @Override
    public StatementColumns visitRun(RunStatement statement) {
      return RUN;
    }

    @Override
    public StatementColumns visitPredict(PredictStatement statement) {
      return RUN;
    }

    @Override
    public StatementColumns visitFind(FindStatement statement) {
      return SEARCH;
    }

    @Override
    public StatementColumns visitTrain(TrainStatement statement) {
      return EVALUATION;
    }

    @Override
    public StatementColumns visitEvaluate(EvaluateStatement statement) {
      return EVALUATION;
    }

    @Override
    public StatementColumns visitExplain(ExplainStatement statement) {
      return RUN;
    }

    @Override
    public StatementColumns visitCreateModel(CreateModelStatement statement) {
      return MESSAGE;
    }

    @Override
    public StatementColumns visitDropModel(DropModelStatement statement) {
      return MESSAGE;
    }

    @Override
    public StatementColumns visitShowRuns(ShowRunsStatement statement) {
      return RUNS;
    }

    @Override
    public StatementColumns visitShowModels(ShowModelsStatement statement) {
      return MODELS;
    }

    @Override
    public StatementColumns visitDescribeModel(DescribeModelStatement statement) {
      return PROPERTIES;
    }

    @Override
    public StatementColumns visitShowTrain(ShowTrainStatement statement) {
      return PROPERTIES;
    }

    @Override
    public StatementColumns visitExplainPlan(ExplainPlanStatement statement) {
      return PLAN;
    }
  }
}
