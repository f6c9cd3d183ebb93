package org.seeql.planner.statement;

import java.util.Optional;

/** {@code select TO EXPLAIN model [WITH …] [USING explainer] [INTO table]}. */
public record ExplainStatement(
    SourcePosition position,
    String select,
    ModelName model,
    Attributes with,
    Optional<String> explainer,
    Optional<TableName> into)
    implements SelectingStatement {
  @Override
  public Optional<TableName> target() {
    return into;
  }

  @Override
  public boolean isShown() {
    return into.isEmpty();
  }

  @Override
  public <R> R accept(SelectingStatement.Visitor<R> visitor) {
    return visitor.visitExplain(this);
  }
}
