package org.seeql.planner.parser;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;
import org.seeql.planner.statement.SourcePosition;

/**
 * A syntax error in the user's program. Its message shows the line with a caret under the error.
 */
public final class SqlSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  // a line of a generated program may have megabytes
  private static final int WIDTH = 160;

  private final transient SourcePosition position;
  private final String problem;
  private final String sourceLine;
  private final transient List<String> expected;

  SqlSyntaxException(
      SourcePosition position, String problem, String sourceLine, List<String> expected) {
    super(picture(position, problem, sourceLine, expected));
    this.position = requireNonNull(position, "position is null");
    this.problem = requireNonNull(problem, "problem is null");
    this.sourceLine = requireNonNull(sourceLine, "sourceLine is null");
    this.expected = List.copyOf(expected);
  }

  /** The position of the error. */
  public SourcePosition position() {
    return position;
  }

  /** What is wrong, in one sentence, without the source line and caret. */
  public String problem() {
    return problem;
  }

  /** The line of the program that contains the error, without its line terminator. */
  public String sourceLine() {
    return sourceLine;
  }

  /** The valid alternatives at this position; may be empty. */
  public List<String> expected() {
    return expected;
  }

  private static String picture(
      SourcePosition position, String problem, String sourceLine, List<String> expected) {
    // counts in UTF-16 code units: an emoji has two and is two columns wide
    int place = Math.min(position.column() - 1, sourceLine.codePointCount(0, sourceLine.length()));
    int column = sourceLine.offsetByCodePoints(0, place);
    int start = Math.max(0, Math.min(column - WIDTH / 2, sourceLine.length() - WIDTH));
    int end = Math.min(sourceLine.length(), start + WIDTH);
    String shown = sourceLine.substring(start, end);
    // tabs stay tabs, so that the caret is under its character
    String indent =
        sourceLine
            .substring(start, column)
            .chars()
            .mapToObj(c -> c == '\t' ? "\t" : " ")
            .collect(Collectors.joining());
    String cure = expected.isEmpty() ? "" : "\nexpected: " + String.join(", ", expected);
    return "%s: %s%n  %s%n  %s^%s".formatted(position, problem, shown, indent, cure);
  }
}
