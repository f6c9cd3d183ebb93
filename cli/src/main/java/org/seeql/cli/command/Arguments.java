package org.seeql.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The arguments of the process, in the form in which commands declare them. */
final class Arguments {
  /** The options of a database that may stand before the command. */
  private static final Set<String> BEFORE_COMMAND =
      Set.of("--database", "--user", "--password-file", "--data-dir", "--profile");

  private static final Pattern OPTION =
      Pattern.compile("(--[a-z0-9][a-z0-9_-]*)(=.*)?", Pattern.DOTALL);

  private Arguments() {}

  /** The value of an option, wherever it is. */
  static Optional<String> find(String option, String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(option + "=")) {
        return Optional.of(arguments[i].substring(option.length() + 1));
      }
      if (arguments[i].equals(option) && i + 1 < arguments.length) {
        return Optional.of(arguments[i + 1]);
      }
    }
    return Optional.empty();
  }

  /**
   * Moves options of the database from before the command to the end, and writes the names of
   * options with dashes: {@code --only_new} becomes {@code --only-new}. Values are not changed.
   */
  static String[] normalized(String... arguments) {
    List<String> leading = new ArrayList<>();
    int next = 0;
    while (next < arguments.length) {
      Matcher option = OPTION.matcher(arguments[next]);
      if (!option.matches() || !BEFORE_COMMAND.contains(option.group(1))) {
        break;
      }
      int words = option.group(2) == null && next + 1 < arguments.length ? 2 : 1;
      leading.addAll(List.of(arguments).subList(next, next + words));
      next += words;
    }
    List<String> normalized = new ArrayList<>();
    for (String argument : List.of(arguments).subList(next, arguments.length)) {
      Matcher option = OPTION.matcher(argument);
      boolean isText = !normalized.isEmpty() && normalized.get(normalized.size() - 1).equals("-e");
      normalized.add(
          option.matches() && !isText
              ? option.group(1).replace('_', '-') + (option.group(2) == null ? "" : option.group(2))
              : argument);
    }
    normalized.addAll(leading);
    return normalized.toArray(String[]::new);
  }
}
