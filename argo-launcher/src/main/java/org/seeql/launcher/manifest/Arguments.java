package org.seeql.launcher.manifest;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.plan.Option;
import org.seeql.planner.statement.RunStatement;

/** A user's words as the command of a container. Neither Argo nor Kubernetes may expand them. */
final class Arguments {
  private static final String ARGO = "{{";
  private static final String KUBERNETES = "$(";

  private Arguments() {}

  /**
   * What a container executes: a Python program by python, as SQLFlow has it, and any other by its
   * name.
   *
   * @throws SubmissionException if there is none, or if Argo would replace a part of it
   */
  static List<String> command(RunStatement statement) {
    if (statement.command().isEmpty()) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: TO RUN %s names no program; say CMD \"program\", …"
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
   * An option is an argument of whatever starts the driver, and each of those would replace another
   * part of it.
   *
   * @throws SubmissionException if anything would be replaced
   */
  static void requireLiteral(Option option) {
    for (String mark : List.of(ARGO, KUBERNETES)) {
      if (option.value().contains(mark)) {
        throw new SubmissionException(
            "Invalid --%s: '%s' holds '%s', which a cluster replaces; say it in the program"
                .formatted(option.name(), option.value(), mark));
      }
    }
  }

  /** Kubernetes reads {@code $(NAME)} as a variable, and {@code $$(NAME)} as what it says. */
  static String literal(RunStatement statement, String word) {
    if (word.contains(ARGO)) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: '%s' holds '{{', which Argo replaces and nothing can escape; pass it another way"
              .formatted(statement.position(), word));
    }
    return word.replace(KUBERNETES, "$" + KUBERNETES);
  }
}
