package org.seeql.planner.statement;

/** {@code SHOW TRAIN model}. */
public record ShowTrainStatement(SourcePosition position, ModelName model)
    implements ModelStatement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitShowTrain(this);
  }
}
