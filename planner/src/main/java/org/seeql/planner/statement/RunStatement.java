package org.seeql.planner.statement;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * {@code select TO RUN image [CMD …] [INTO …]}, or {@code select TO RUN program WITH … [INTO …]}.
 *
 * @param image the name of an image; in the short form the program
 * @param command the program and its arguments; in the short form only the program
 * @param with the options of the short form; empty in the other form
 */
public record RunStatement(
    SourcePosition position,
    String select,
    String image,
    List<String> command,
    Attributes with,
    List<TableName> into)
    implements SelectingStatement {
  public RunStatement {
    command = List.copyOf(command);
    requireNonNull(with, "with is null");
    into = List.copyOf(into);
  }

  /** A statement with an image and CMD. */
  public RunStatement(
      SourcePosition position,
      String select,
      String image,
      List<String> command,
      List<TableName> into) {
    this(position, select, image, command, Attributes.NONE, into);
  }

  /** Whether the statement names a program and its options, without an image and CMD. */
  public boolean isShort() {
    return !with.values().isEmpty();
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
