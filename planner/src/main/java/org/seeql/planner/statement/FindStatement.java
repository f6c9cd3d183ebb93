package org.seeql.planner.statement;

import java.util.Optional;
import org.seeql.planner.predicate.Predicate;

/** {@code select TO FIND predicate [WITH …] [INTO table]}. */
public record FindStatement(
    SourcePosition position,
    String select,
    Predicate predicate,
    Attributes with,
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
    return visitor.visitFind(this);
  }
}
