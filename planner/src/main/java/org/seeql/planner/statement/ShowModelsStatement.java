package org.seeql.planner.statement;

/** {@code SHOW MODELS}. */
public record ShowModelsStatement(SourcePosition position) implements ModelStatement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitShowModels(this);
  }
}
