package org.seeql.planner.statement;

/**
 * {@code EXPLAIN} before an extended statement: how it would run, without running it; or {@code
 * EXPLAIN ANALYZE}: how it ran, beside what was expected.
 */
public record ExplainPlanStatement(SourcePosition position, Extent extent, Statement statement)
    implements Statement {

  /** What is explained. */
  public enum Extent {
    /** What would be done. */
    PLAN,
    /** What was done, and what came of it. */
    ANALYZE
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitExplainPlan(this);
  }
}
