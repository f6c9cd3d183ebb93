package org.seeql.planner.statement;

/**
 * {@code EXPLAIN} before an extended statement shows its plan without running it. {@code EXPLAIN
 * ANALYZE} runs it and compares the result with the estimates.
 */
public record ExplainPlanStatement(SourcePosition position, Extent extent, Statement statement)
    implements Statement {

  /** What {@code EXPLAIN} shows. */
  public enum Extent {
    /** The plan only. */
    PLAN,
    /** The plan and the measured results of running it. */
    ANALYZE
  }

  @Override
  public Statement subject() {
    return statement.subject();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitExplainPlan(this);
  }
}
