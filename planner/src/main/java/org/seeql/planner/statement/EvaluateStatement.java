package org.seeql.planner.statement;

import java.util.Optional;

/** {@code select TO EVALUATE model [WITH …] [LABEL column] INTO table}. */
public record EvaluateStatement(
    SourcePosition position,
    String select,
    ModelName model,
    Attributes with,
    Optional<String> label,
    TableName into)
    implements SelectingStatement {
  /** The table of matches of a target, which {@code keep_matches} also writes. */
  public static TableName matchesOf(TableName target) {
    return new TableName(target.database(), target.name() + "_matches");
  }

  @Override
  public Optional<TableName> target() {
    return Optional.of(into);
  }

  @Override
  public <R> R accept(SelectingStatement.Visitor<R> visitor) {
    return visitor.visitEvaluate(this);
  }
}
