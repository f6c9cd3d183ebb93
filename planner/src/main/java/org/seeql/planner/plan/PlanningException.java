package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seeql.planner.statement.SourcePosition;

/** A statement that the user has to change before it can run. Carries every problem found. */
public final class PlanningException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<SourcePosition> position;
  private final transient List<String> problems;

  public PlanningException(String problem) {
    this(Optional.empty(), List.of(problem));
  }

  public PlanningException(List<String> problems) {
    this(Optional.empty(), problems);
  }

  /**
   * The refusal of one statement.
   *
   * @param position where the statement starts
   */
  public PlanningException(SourcePosition position, List<String> problems) {
    this(Optional.of(position), problems);
  }

  private PlanningException(Optional<SourcePosition> position, List<String> problems) {
    super(message(position, problems));
    this.position = requireNonNull(position, "position is null");
    this.problems = List.copyOf(problems);
  }

  /** The start of the refused statement, if it comes from a program. */
  public Optional<SourcePosition> position() {
    return position;
  }

  /** The problems, one sentence each; at least one. */
  public List<String> problems() {
    return problems;
  }

  private static String message(Optional<SourcePosition> position, List<String> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("problems is empty");
    }
    String subject = position.map(p -> "Cannot run the statement at " + p + ": ").orElse("");
    if (problems.size() == 1) {
      return subject + problems.get(0);
    }
    return subject + problems.size() + " problems\n  - " + String.join("\n  - ", problems);
  }
}
