package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.seeql.database.credential.Redaction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code seeql config}: what the configuration files and the environment set. */
@Command(
    name = "config",
    description = {
      "Prints the settings of the configuration files and of the environment, and where each comes "
          + "from. Options of a command take precedence over them.",
      "The files are seeql/config.yaml in XDG_CONFIG_HOME or ~/.config, and seeql.yaml in the "
          + "current folder, which takes precedence."
    })
final class ConfigCommand implements Callable<Integer> {
  private static final String HIDDEN = "***";

  /** The variables that SeeQL reads, and the settings that they replace. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "SEEQL_DATABASE", "database",
          "SEEQL_DATABASE_USER", "user",
          "SEEQL_DATABASE_PASSWORD", "password",
          "SEEQL_DATA_DIR", "data-dir",
          "SEEQL_LEASE_SECONDS", "lease-seconds",
          "SEEQL_PROFILE", "profile");

  private final Invocation invocation;
  @Spec private CommandSpec spec;

  @Mixin private RowOutput rows;

  ConfigCommand(Invocation invocation) {
    this.invocation = requireNonNull(invocation, "invocation is null");
  }

  @Override
  public Integer call() {
    Map<String, Setting> effective = new TreeMap<>();
    effective.putAll(((SettingsDefaults) spec.defaultValueProvider()).all());
    VARIABLES.forEach(
        (variable, name) ->
            invocation
                .variable(variable)
                .ifPresent(value -> effective.put(name, new Setting(value, variable))));
    if (!effective.containsKey("database")) {
      effective.putIfAbsent(
          "data-dir", new Setting(invocation.dataHome().resolve("seeql").toString(), "default"));
    }
    List<List<Object>> table = new ArrayList<>();
    effective.forEach(
        (name, setting) ->
            table.add(List.of(name, shown(name, setting.value()), setting.source())));
    return rows.write(
        invocation,
        console -> {
          rows.format()
              .on(console.out())
              .print(List.of("setting", "value", "source"), table.iterator());
          return ExitCode.DONE;
        });
  }

  private static String shown(String name, String value) {
    if (name.equals("database")) {
      return Redaction.ofUrl(value);
    }
    return Redaction.isSecret(name) ? HIDDEN : Redaction.of(value);
  }
}
