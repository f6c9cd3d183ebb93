package org.seeql.planner.statement;

import java.util.List;
import java.util.Optional;

/** {@code select TO RUN image [CMD …] [INTO …]}. */
public record RunStatement(
    SourcePosition position,
    String select,
    String image,
    List<String> command,
    List<TableName> into)
    implements SelectingStatement {
  public RunStatement {
    command = List.copyOf(command);
    into = List.copyOf(into);
  }

  @Override
  public Optional<TableName> target() {
    return into.stream().findFirst();
  }

  @Override
  public boolean isShown() {
    return into.isEmpty();
  }

  @Override
  public <R> R accept(SelectingStatement.Visitor<R> visitor) {
    return visitor.visitRun(this);
  }
}
