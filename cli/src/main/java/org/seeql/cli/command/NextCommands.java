package org.seeql.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Suggests the next commands to the user. */
final class NextCommands {
  private NextCommands() {}

  /**
   * A command for a run.
   *
   * @param program the word by which the user calls SeeQL
   * @param arguments the arguments that select the cluster
   */
  static String on(String program, String command, String run, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(program, command, run));
    words.addAll(arguments);
    return String.join(" ", words);
  }

  /**
   * The commands, one per line, that resume a run that did not succeed.
   *
   * @param program the word by which the user calls SeeQL
   * @param halfDone statements that may already have been executed, with their text
   */
  static List<String> resumption(
      String program, String run, List<String> arguments, Map<Integer, String> halfDone) {
    if (halfDone.isEmpty()) {
      return List.of(resume(program, run, arguments));
    }
    List<String> lines = new ArrayList<>();
    lines.add(resume(program, run, arguments) + " --again");
    halfDone.forEach(
        (statement, words) ->
            lines.add(
                "executes statement %d again, which may already have been executed: %s"
                    .formatted(statement, words)));
    return lines;
  }

  static String resume(String program, String run, List<String> arguments) {
    return on(program, "submit --resume", run, arguments);
  }
}
