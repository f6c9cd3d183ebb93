package org.seeql.planner.statement;

/** {@code CREATE [OR REPLACE] MODEL name OPTIONS (…)}. */
public record CreateModelStatement(
    SourcePosition position, ModelName model, boolean orReplace, Attributes options)
    implements ModelStatement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitCreateModel(this);
  }
}
