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
    implements SelectingStatement {
  /** The keyword in place of a model. In quotes, it is the name of a model. */
  public static final String AUTO = "AUTO";

  /** Whether the statement leaves the choice of the model to SeeQL. */
  public boolean isAuto() {
    return model.written().equalsIgnoreCase(AUTO);
  }

  @Override
  public Optional<TableName> target() {
    return Optional.of(table);
  }

  @Override
  public <R> R accept(SelectingStatement.Visitor<R> visitor) {
    return visitor.visitPredict(this);
  }
}
