package org.seeql.launcher.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Map;
import org.seeql.planner.statement.Statement;

/** The size limits of a cluster. Oversized objects are refused before anything is created. */
final class SizeLimits {
  /** Linux: one argument or environment string of a process (MAX_ARG_STRLEN), without its NUL. */
  private static final int ARGUMENT = 128 * 1024 - 1;

  /** Kubernetes: the data of a ConfigMap (MaxSecretSize of its API). */
  private static final int CONFIG_MAP = 1024 * 1024;

  /** Argo: a Workflow with the state of its nodes, which it compresses (workflow/packer). */
  private static final int WORKFLOW = 1024 * 1024;

  private static final int NODE_STATE = 512;

  private SizeLimits() {}

  /**
   * Checks that a value fits into an argument or variable of a container.
   *
   * @param what the name of the value, such as "its SELECT"
   * @param variable the name of the variable; empty for an argument
   */
  static void requireArgument(Statement statement, String what, String variable, String value) {
    int most = ARGUMENT - (variable.isEmpty() ? 0 : variable.length() + 1);
    int bytes = bytes(value);
    if (bytes > most) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: %s has %s bytes, and a container accepts at most %s in one %s; keep long lists of values in a table"
              .formatted(
                  statement.position(),
                  what,
                  number(bytes),
                  number(most),
                  variable.isEmpty() ? "argument" : "variable"));
    }
  }

  /** Checks that the value of an option fits into an argument of a container. */
  static void requireArgument(String option, String value) {
    int bytes = bytes(value);
    if (bytes > ARGUMENT) {
      throw new SubmissionException(
          "Invalid %s: it has %s bytes, and a container accepts at most %s in one argument"
              .formatted(option, number(bytes), number(ARGUMENT)));
    }
  }

  /** Checks that data fit into a ConfigMap. */
  static void requireConfigMap(Map<String, String> data) {
    int bytes = data.values().stream().mapToInt(SizeLimits::bytes).sum();
    if (bytes > CONFIG_MAP) {
      throw new SubmissionException(
          "Cannot submit the program: it has %s bytes, and a ConfigMap can contain at most %s; keep long lists of values in a table, or split the program"
              .formatted(number(bytes), number(CONFIG_MAP)));
    }
  }

  /**
   * Checks that a workflow with its node states fits into a resource.
   *
   * @param spec of the workflow
   * @param statements the number of statements, each of which has a node
   */
  static void requireWorkflow(Workflow.Spec spec, int statements) {
    int bytes = bytes(Manifests.tree(spec).toString()) + statements * NODE_STATE;
    if (bytes > WORKFLOW) {
      throw new SubmissionException(
          "Cannot submit the program: its %d statements make a Workflow of about %s bytes with their states, and Argo stores at most %s; split the program"
              .formatted(statements, number(bytes), number(WORKFLOW)));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  private static String number(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
