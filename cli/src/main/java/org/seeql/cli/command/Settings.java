package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings of the configuration files: defaults of options, by option name with dashes. The
 * file of the project replaces settings of the user's file, and a profile those outside of it.
 */
final class Settings {
  static final Settings NONE = new Settings(new TreeMap<>());

  /** The settings that select a database. They are used together or not at all. */
  private static final Set<String> OF_DATABASE =
      Set.of("database", "user", "password-file", "data-dir");

  private final Map<String, Setting> values;

  private Settings(Map<String, Setting> values) {
    this.values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /**
   * Reads the configuration files, if there are any.
   *
   * @param known the names of the settings
   * @throws CommandRefusal if a file is invalid, or if the profile is in none of them
   */
  static Settings read(Invocation invocation, Set<String> known, Optional<String> profile) {
    List<SettingsFile> files = new ArrayList<>();
    for (Path file : files(invocation)) {
      SettingsFile.read(file, known, invocation).ifPresent(files::add);
    }
    Settings settings = NONE;
    for (SettingsFile file : files) {
      settings = settings.with(file.settings());
    }
    if (profile.isPresent()) {
      String name = profile.get();
      List<String> profiles = files.stream().flatMap(f -> f.profiles().keySet().stream()).toList();
      if (!profiles.contains(name)) {
        throw SettingsFile.unknown("profile", name, profiles);
      }
      for (SettingsFile file : files) {
        settings = settings.with(file.profiles().getOrDefault(name, Map.of()));
      }
    }
    return settings;
  }

  /** The user's file and the file of the project, which is in the current folder. */
  private static List<Path> files(Invocation invocation) {
    List<Path> files = new ArrayList<>();
    invocation.configHome().map(home -> home.resolve("config.yaml")).ifPresent(files::add);
    files.add(invocation.resolve("seeql.yaml"));
    return files;
  }

  private Settings with(Map<String, Setting> more) {
    Map<String, Setting> all = new TreeMap<>(values);
    if (more.containsKey("database") || more.containsKey("data-dir")) {
      all.keySet().removeAll(OF_DATABASE);
    }
    all.putAll(more);
    return new Settings(all);
  }

  /** The settings that apply if the command line or the environment selects a database. */
  Settings withoutDatabase() {
    Map<String, Setting> others = new TreeMap<>(values);
    others.keySet().removeAll(OF_DATABASE);
    return new Settings(others);
  }

  /** The settings without one of them. */
  Settings without(String name) {
    Map<String, Setting> others = new TreeMap<>(values);
    others.remove(requireNonNull(name, "name is null"));
    return new Settings(others);
  }

  Optional<Setting> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** All settings, sorted by name. */
  Map<String, Setting> all() {
    return values;
  }
}
