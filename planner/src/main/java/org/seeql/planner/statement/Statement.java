package org.seeql.planner.statement;

import java.util.Optional;

/** One statement of a program, parsed but not yet validated. */
public sealed interface Statement
    permits SqlStatement, SelectingStatement, ModelStatement, ExplainPlanStatement {

  /** The position of its first token. */
  SourcePosition position();

  /** This statement, if it is a SELECT with a clause. */
  default Optional<SelectingStatement> findSelecting() {
    return Optional.empty();
  }

  /** The statement that an EXPLAIN explains; any other statement is its own subject. */
  default Statement subject() {
    return this;
  }

  <R> R accept(Visitor<R> visitor);

  /** An operation with one method for each kind of statement. */
  interface Visitor<R> extends SelectingStatement.Visitor<R> {
    R visitSql(SqlStatement statement);

    R visitCreateModel(CreateModelStatement statement);

    R visitDropModel(DropModelStatement statement);

    R visitShowModels(ShowModelsStatement statement);

    R visitDescribeModel(DescribeModelStatement statement);

    R visitShowTrain(ShowTrainStatement statement);

    R visitExplainPlan(ExplainPlanStatement statement);
  }

  /** An operation that treats the statements of a family alike, unless it overrides one of them. */
  interface FamilyVisitor<R> extends Visitor<R> {
    R visitSelecting(SelectingStatement statement);

    R visitModels(ModelStatement statement);

    @Override
    default R visitRun(RunStatement statement) {
      return visitSelecting(statement);
    }

    @Override
    default R visitPredict(PredictStatement statement) {
      return visitSelecting(statement);
    }

    @Override
    default R visitFind(FindStatement statement) {
      return visitSelecting(statement);
    }

    @Override
    default R visitTrain(TrainStatement statement) {
      return visitSelecting(statement);
    }

    @Override
    default R visitEvaluate(EvaluateStatement statement) {
      return visitSelecting(statement);
    }

    @Override
    default R visitExplain(ExplainStatement statement) {
      return visitSelecting(statement);
    }

    @Override
    default R visitCreateModel(CreateModelStatement statement) {
      return visitModels(statement);
    }

    @Override
    default R visitDropModel(DropModelStatement statement) {
      return visitModels(statement);
    }

    @Override
    default R visitShowModels(ShowModelsStatement statement) {
      return visitModels(statement);
    }

    @Override
    default R visitDescribeModel(DescribeModelStatement statement) {
      return visitModels(statement);
    }

    @Override
    default R visitShowTrain(ShowTrainStatement statement) {
      return visitModels(statement);
    }
  }
}
