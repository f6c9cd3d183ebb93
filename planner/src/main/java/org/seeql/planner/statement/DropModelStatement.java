package org.seeql.planner.statement;

/** {@code DROP MODEL [IF EXISTS] name}. */
public record DropModelStatement(SourcePosition position, ModelName model, boolean ifExists)
    implements ModelStatement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitDropModel(this);
  }
}
