package org.seeql.planner.statement;

import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A program: its statements, in order.
 *
 * @param modes the SQL mode in which each statement is parsed
 * @param vertical where the statements start whose rows are shown with one line per value
 */
public record Program(
    List<Statement> statements, List<SqlMode> modes, Set<SourcePosition> vertical) {
  public Program {
    statements = List.copyOf(statements);
    modes = List.copyOf(modes);
    vertical = Set.copyOf(vertical);
    if (statements.size() != modes.size()) {
      throw new IllegalArgumentException(
          "%d modes for %d statements".formatted(modes.size(), statements.size()));
    }
  }

  /** A program in the default mode. */
  public Program(List<Statement> statements) {
    this(statements, Collections.nCopies(statements.size(), SqlMode.DEFAULT), Set.of());
  }
}
