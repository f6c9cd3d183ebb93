package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.cli.console.RowFormat;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Supplies the defaults of options from the configuration files. */
final class SettingsDefaults implements IDefaultValueProvider {
  private static final String FORMAT = "format";

  /** Options that belong to one execution of a command. */
  private static final Set<String> NEVER =
      Set.of(
          "resume",
          "run-id",
          "statement",
          "output",
          "force",
          "again",
          "watch",
          "dry-run",
          "help",
          "version",
          "verbose",
          "quiet",
          "profile",
          "csv-safe",
          "conf");

  private final Settings settings;

  SettingsDefaults(Settings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** The names of the settings: those of the options of the commands that execute programs. */
  static Set<String> names(CommandLine root) {
    Set<String> names = new TreeSet<>();
    for (String command : Set.of("run", "submit")) {
      CommandSpec spec = root.getSubcommands().get(command).getCommandSpec();
      spec.options().stream().map(SettingsDefaults::name).forEach(names::add);
    }
    names.removeAll(NEVER);
    names.removeIf(name -> name.length() == 1);
    return names;
  }

  private static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--?", "");
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? find(option).map(Setting::value).orElse(null)
        : null;
  }

  private Optional<Setting> find(OptionSpec option) {
    String name = name(option);
    // the demo has a database of its own, and summaries have other formats than rows
    if (NEVER.contains(name)
        || option.command().name().equals("demo")
        || (name.equals(FORMAT) && option.type() != RowFormat.class)) {
      return Optional.empty();
    }
    return settings.find(name);
  }

  /** All settings, sorted by name. */
  Map<String, Setting> all() {
    return settings.all();
  }

  /** Where the value of an option comes from, if it comes from a configuration file. */
  Optional<String> source(String name, String value) {
    return settings
        .find(name)
        .filter(setting -> setting.value().equals(value))
        .map(Setting::source);
  }
}
