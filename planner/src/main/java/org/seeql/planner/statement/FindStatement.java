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
    implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFind(this);
  }
}
