package org.seeql.planner.statement;

import java.util.Optional;

/** A SELECT with a clause of SeeQL after it. */
public sealed interface SelectingStatement extends Statement
    permits RunStatement,
        PredictStatement,
        FindStatement,
        TrainStatement,
        EvaluateStatement,
        ExplainStatement {

  /** The SELECT before the clause, as written. */
  String select();

  /** The table that the statement writes; the first one if it names several. */
  Optional<TableName> target();

  /** Whether the rows are only shown, which needs no run that stores them. */
  default boolean isShown() {
    return false;
  }

  @Override
  default Optional<SelectingStatement> findSelecting() {
    return Optional.of(this);
  }

  <R> R accept(Visitor<R> visitor);

  @Override
  default <R> R accept(Statement.Visitor<R> visitor) {
    return accept((Visitor<R>) visitor);
  }

  /** An operation with one method for each clause. */
  interface Visitor<R> {
    R visitRun(RunStatement statement);

    R visitPredict(PredictStatement statement);

    R visitFind(FindStatement statement);

    R visitTrain(TrainStatement statement);

    R visitEvaluate(EvaluateStatement statement);

    R visitExplain(ExplainStatement statement);
  }
}
