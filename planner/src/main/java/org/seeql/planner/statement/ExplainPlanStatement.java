package org.seeql.planner.statement;

/** {@code EXPLAIN} before an extended statement: how it would run, without running it. */
public record ExplainPlanStatement(SourcePosition position, Statement statement)
    implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitExplainPlan(this);
  }
}
