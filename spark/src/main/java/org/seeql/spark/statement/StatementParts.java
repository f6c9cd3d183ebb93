package org.seeql.spark.statement;

import java.util.Optional;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/**
 * The parts of a statement that Spark must know.
 *
 * @param select the SELECT before its clause
 * @param target the target that it writes
 */
record StatementParts(Optional<String> select, Optional<TableName> target) {
  private static final StatementParts NONE = new StatementParts(Optional.empty(), Optional.empty());

  static StatementParts of(Statement statement) {
    if (statement instanceof ExplainPlanStatement explain) {
      return of(explain.statement());
    }
    if (statement instanceof RunStatement run) {
      return new StatementParts(Optional.of(run.select()), run.into().stream().findFirst());
    }
    if (statement instanceof PredictStatement predict) {
      return new StatementParts(Optional.of(predict.select()), Optional.of(predict.table()));
    }
    if (statement instanceof FindStatement find) {
      return new StatementParts(Optional.of(find.select()), find.into());
    }
    if (statement instanceof EvaluateStatement evaluate) {
      return new StatementParts(Optional.of(evaluate.select()), Optional.of(evaluate.into()));
    }
    if (statement instanceof TrainStatement train) {
      return new StatementParts(Optional.of(train.select()), Optional.empty());
    }
    if (statement instanceof ExplainStatement explain) {
      return new StatementParts(Optional.of(explain.select()), explain.into());
    }
    return NONE;
  }

  /** Whether the target, if any, can be a table of the database. */
  boolean isOfDatabase() {
    return target.flatMap(TableName::catalog).isEmpty();
  }

  /** Whether the rows are only shown, which a frame can do without a run. */
  static boolean isShown(Statement statement) {
    return (statement instanceof RunStatement || statement instanceof FindStatement)
        && of(statement).target().isEmpty();
  }
}
