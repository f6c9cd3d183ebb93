package org.seeql.planner.statement;

import java.util.List;

/** {@code select TO RUN image [CMD …] [INTO …]}. */
public record RunStatement(
    SourcePosition position,
    String select,
    String image,
    List<String> command,
    List<TableName> into)
    implements Statement {
  public RunStatement {
    command = List.copyOf(command);
    into = List.copyOf(into);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitRun(this);
  }
}
