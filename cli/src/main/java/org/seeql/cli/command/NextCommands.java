package org.seeql.cli.command;

import java.util.ArrayList;
import java.util.List;

/** What to type next. */
final class NextCommands {
  private NextCommands() {}

  /**
   * A command on a run.
   *
   * @param arguments with which it finds the cluster
   */
  static String on(String command, String run, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of("seeql", command, run));
    words.addAll(arguments);
    return String.join(" ", words);
  }

  static String resume(String run, List<String> arguments) {
    return on("submit --resume", run, arguments);
  }
}
