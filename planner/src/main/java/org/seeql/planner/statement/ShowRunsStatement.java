package org.seeql.planner.statement;

/**
 * {@code SHOW RUNS [LIMIT n]}.
 *
 * @param limit the largest number of runs
 */
public record ShowRunsStatement(SourcePosition position, int limit) implements Statement {
  /** The limit if the statement has none. */
  public static final int STANDARD_LIMIT = 20;

  public ShowRunsStatement {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is below 1: " + limit);
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitShowRuns(this);
  }
}
