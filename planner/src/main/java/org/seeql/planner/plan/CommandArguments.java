package org.seeql.planner.plan;

import java.util.List;
import java.util.function.Consumer;
import org.seeql.planner.option.OptionSet;

/** Parses {@code --name=value}, {@code --name value} and {@code --flag} in a CMD list. */
final class CommandArguments {
  private static final String PREFIX = "--";

  private CommandArguments() {}

  static OptionSet parse(List<String> arguments, String origin, Consumer<String> problems) {
    OptionSet options = OptionSet.NONE;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith(PREFIX) || argument.equals(PREFIX)) {
        problems.accept(
            "Unexpected argument '" + argument + "' in CMD: options are written --name=value");
        continue;
      }
      String name = argument.substring(PREFIX.length());
      String value = "true";
      int equals = name.indexOf('=');
      if (equals >= 0) {
        value = name.substring(equals + 1);
        name = name.substring(0, equals);
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith(PREFIX)) {
        i++;
        value = arguments.get(i);
      }
      if (options.find(name).isPresent()) {
        problems.accept("Option '" + OptionSet.canonicalName(name) + "' is given twice in CMD");
      }
      options = options.with(name, value, origin);
    }
    return options;
  }
}
