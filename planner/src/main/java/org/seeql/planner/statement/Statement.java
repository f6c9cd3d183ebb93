package org.seeql.planner.statement;

import java.util.Optional;

/** One statement of a program, parsed but not yet validated. */
public sealed interface Statement
    permits SqlStatement,
        SelectingStatement,
        ModelStatement,
        ShowRunsStatement,
        ExplainPlanStatement {

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

    R visitShowRuns(ShowRunsStatement statement);

    R visitExplainPlan(ExplainPlanStatement statement);
  }
}
