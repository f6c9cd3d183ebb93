package org.seeql.spark.statement;

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

/** The name of a statement in the Spark UI: its kind, and the names of models and tables. */
final class StatementLabel implements Statement.Visitor<String> {
  private StatementLabel() {}

  static String of(Statement statement) {
    return statement.accept(new StatementLabel());
  }

  @Override
  public String visitSql(SqlStatement statement) {
    return "SQL";
  }

  @Override
  public String visitRun(RunStatement statement) {
    String program = statement.command().stream().findFirst().orElse(statement.image());
    return "TO RUN "
        + program
        + statement.into().stream().findFirst().map(t -> " INTO " + t).orElse("");
  }

  @Override
  public String visitPredict(PredictStatement statement) {
    return "TO PREDICT " + statement.table() + " USING " + statement.model();
  }

  @Override
  public String visitFind(FindStatement statement) {
    return "TO FIND" + statement.into().map(t -> " INTO " + t).orElse("");
  }

  @Override
  public String visitTrain(TrainStatement statement) {
    return "TO TRAIN " + statement.estimator() + " INTO " + statement.model();
  }

  @Override
  public String visitEvaluate(EvaluateStatement statement) {
    return "TO EVALUATE " + statement.model() + " INTO " + statement.into();
  }

  @Override
  public String visitExplain(ExplainStatement statement) {
    return "TO EXPLAIN " + statement.model() + statement.into().map(t -> " INTO " + t).orElse("");
  }

  @Override
  public String visitCreateModel(CreateModelStatement statement) {
    return "CREATE MODEL " + statement.model();
  }

  @Override
  public String visitDropModel(DropModelStatement statement) {
    return "DROP MODEL " + statement.model();
  }

  @Override
  public String visitShowRuns(ShowRunsStatement statement) {
    return "SHOW RUNS";
  }

  @Override
  public String visitShowModels(ShowModelsStatement statement) {
    return "SHOW MODELS";
  }

  @Override
  public String visitDescribeModel(DescribeModelStatement statement) {
    return "DESCRIBE MODEL " + statement.model();
  }

  @Override
  public String visitShowTrain(ShowTrainStatement statement) {
    return "SHOW TRAIN " + statement.model();
  }

  @Override
  public String visitExplainPlan(ExplainPlanStatement statement) {
    return "EXPLAIN " + statement.statement().accept(this);
  }
}
