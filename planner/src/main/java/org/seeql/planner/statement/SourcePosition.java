package org.seeql.planner.statement;

/**
 * A place in a program's text.
 *
 * @param line from 1
 * @param column from 1, in characters (a tab is one)
 */
public record SourcePosition(int line, int column) {
  public SourcePosition {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line or column is below 1: " + line + ", " + column);
    }
  }

  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
