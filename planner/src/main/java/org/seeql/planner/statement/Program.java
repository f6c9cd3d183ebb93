package org.seeql.planner.statement;

import java.util.List;

/** A program: its statements, in order. */
public record Program(List<Statement> statements) {
  public Program {
    statements = List.copyOf(statements);
  }
}
