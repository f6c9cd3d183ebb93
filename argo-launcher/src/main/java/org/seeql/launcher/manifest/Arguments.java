package org.seeql.launcher.manifest;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.statement.RunStatement;

/**
 * Converts a user's arguments to the command of a container. Argo and Kubernetes must not expand
 * them.
 */
final class Arguments {
  private static final String ARGO = "{{";
  private static final String KUBERNETES = "$(";

  private Arguments() {}

  /**
   * The command of a container. As in SQLFlow, a Python file is run by python, any other program by
   * its name.
   *
   * @throws SubmissionException if the command is empty, or Argo would expand a part of it
   */
  static List<String> command(RunStatement statement) {
    if (statement.command().isEmpty()) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: TO RUN %s has no program; add CMD \"program\", …"
              .formatted(statement.position(), statement.image()));
    }
    List<String> command = new ArrayList<>();
    if (statement.command().get(0).endsWith(".py")) {
      command.add("python");
    }
    for (String word : statement.command()) {
      command.add(literal(statement, word));
    }
    return command;
  }

  /**
   * Checks that the value of an option contains no placeholder. Options become arguments of the
   * program that starts the driver, and each such program expands other placeholders.
   *
   * @param cure what to do instead
   * @throws SubmissionException if the option contains a placeholder
   */
  static void requireLiteral(String option, String value, String cure) {
    for (String mark : List.of(ARGO, KUBERNETES)) {
      if (value.contains(mark)) {
        throw new SubmissionException(
            "Invalid %s: '%s' contains '%s', which a cluster replaces; %s"
                .formatted(option, value, mark, cure));
      }
    }
  }

  /** Escapes {@code $(NAME)}, which Kubernetes expands, as {@code $$(NAME)}. */
  static String literal(RunStatement statement, String word) {
    if (word.contains(ARGO)) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: '%s' contains '{{', which Argo replaces and which cannot be escaped; pass it another way"
              .formatted(statement.position(), word));
    }
    return word.replace(KUBERNETES, "$" + KUBERNETES);
  }
}
