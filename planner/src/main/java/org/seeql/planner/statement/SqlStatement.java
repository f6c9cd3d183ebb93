package org.seeql.planner.statement;

/** A native SQL statement of the database, passed through as written. */
public record SqlStatement(SourcePosition position, String sql) implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitSql(this);
  }
}
