package org.seeql.planner.statement;

/** One statement of a program, parsed but not yet validated. */
public sealed interface Statement
    permits SqlStatement,
        RunStatement,
        PredictStatement,
        FindStatement,
        TrainStatement,
        EvaluateStatement,
        ExplainStatement,
        CreateModelStatement,
        DropModelStatement,
        ShowModelsStatement,
        DescribeModelStatement,
        ShowTrainStatement,
        ExplainPlanStatement {

  /** The position of its first token. */
  SourcePosition position();

  <R> R accept(Visitor<R> visitor);

  /** An operation with one method for each kind of statement. */
  interface Visitor<R> {
    R visitSql(SqlStatement statement);

    R visitRun(RunStatement statement);

    R visitPredict(PredictStatement statement);

    R visitFind(FindStatement statement);

    R visitTrain(TrainStatement statement);

    R visitEvaluate(EvaluateStatement statement);

    R visitExplain(ExplainStatement statement);

    R visitCreateModel(CreateModelStatement statement);

    R visitDropModel(DropModelStatement statement);

    R visitShowModels(ShowModelsStatement statement);

    R visitDescribeModel(DescribeModelStatement statement);

    R visitShowTrain(ShowTrainStatement statement);

    R visitExplainPlan(ExplainPlanStatement statement);
  }
}
