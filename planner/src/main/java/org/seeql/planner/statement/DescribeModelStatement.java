package org.seeql.planner.statement;

/** {@code DESCRIBE MODEL name}. */
public record DescribeModelStatement(SourcePosition position, ModelName model)
    implements ModelStatement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitDescribeModel(this);
  }
}
