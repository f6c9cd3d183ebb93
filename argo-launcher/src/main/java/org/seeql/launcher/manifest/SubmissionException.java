package org.seeql.launcher.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** A program that cannot be submitted: an error in the user's input. */
public final class SubmissionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public SubmissionException(String message) {
    super(message);
    problems = List.of(message);
  }

  public SubmissionException(String message, Throwable cause) {
    super(message, cause);
    problems = List.of(message);
  }

  private SubmissionException(String message, List<String> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  /**
   * Combines the problems of a submission.
   *
   * @param problems at least one
   */
  public static SubmissionException of(List<String> problems) {
    if (problems.size() == 1) {
      return new SubmissionException(problems.get(0));
    }
    return new SubmissionException(
        problems.stream()
            .map(problem -> "  - " + problem)
            .collect(
                Collectors.joining(
                    "\n",
                    "Cannot submit the program: %d problems\n".formatted(problems.size()),
                    "")),
        problems);
  }

  /** The individual problems. */
  public List<String> problems() {
    return problems;
  }
}
