package org.seeql.planner.statement;

import java.util.Optional;

/** {@code select TO PREDICT table[.column] [WITH …] USING model}. */
public record PredictStatement(
    SourcePosition position,
    String select,
    TableName table,
    Optional<String> column,
    Attributes with,
    ModelName model)
    implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitPredict(this);
  }
}
