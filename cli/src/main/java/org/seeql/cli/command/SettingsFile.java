package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seeql.planner.message.NearestNames;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A configuration file: settings, and profiles with further settings.
 *
 * @param settings by name with dashes
 * @param profiles the settings of each profile, by its name
 */
record SettingsFile(Map<String, Setting> settings, Map<String, Map<String, Setting>> profiles) {
  private static final String PROFILES = "profiles";

  /** The settings whose relative paths start from the folder of the file. */
  private static final Set<String> PATHS = Set.of("data-dir", "password-file", "image-dir");

  SettingsFile {
    requireNonNull(settings, "settings is null");
    requireNonNull(profiles, "profiles is null");
  }

  /**
   * Reads a file; empty if it does not exist.
   *
   * @param known the names of the settings
   * @throws CommandRefusal if it is invalid
   */
  static Optional<SettingsFile> read(Path file, Set<String> known, Invocation invocation) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CommandRefusal(
          "Cannot read the configuration %s: %s %s"
              .formatted(file, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
    Object document;
    try {
      document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    } catch (YAMLException e) {
      throw new CommandRefusal(
          "Cannot read the configuration %s: it is not YAML: %s".formatted(file, problem(e)), e);
    }
    Reader reader = new Reader(file, known, invocation);
    Map<String, Map<String, Setting>> profiles = new LinkedHashMap<>();
    Map<?, ?> top = document == null ? Map.of() : reader.mapping(document, "the file");
    Object ofProfiles = top.get(PROFILES);
    if (ofProfiles != null) {
      reader
          .mapping(ofProfiles, PROFILES)
          .forEach(
              (name, settings) ->
                  profiles.put(
                      String.valueOf(name),
                      reader.settings(
                          reader.mapping(settings, "profile " + name),
                          file + ", profile " + name)));
    }
    return Optional.of(new SettingsFile(reader.settings(top, file.toString()), profiles));
  }

  /** The parser's message quotes the text around the problem, which may contain secrets. */
  private static String problem(YAMLException error) {
    return error instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? "line %d: %s".formatted(marked.getProblemMark().getLine() + 1, marked.getProblem())
        : "no valid document";
  }

  static CommandRefusal unknown(String what, String name, Collection<String> known) {
    return new CommandRefusal(NearestNames.unknown(what, name, known));
  }

  /** Reads the settings of a mapping. */
  private record Reader(Path file, Set<String> known, Invocation invocation) {
    Map<?, ?> mapping(Object value, String what) {
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      throw new CommandRefusal(
          "Cannot read the configuration %s: %s must have the form NAME: VALUE"
              .formatted(file, what));
    }

    Map<String, Setting> settings(Map<?, ?> mapping, String source) {
      Map<String, Setting> settings = new LinkedHashMap<>();
      mapping.forEach(
          (key, value) -> {
            String name = String.valueOf(key).replace('_', '-');
            if (name.equals(PROFILES)) {
              return;
            }
            if (!known.contains(name)) {
              throw new CommandRefusal(
                  "%s; it comes from %s"
                      .formatted(
                          NearestNames.unknown("setting", String.valueOf(key), known), source));
            }
            settings.put(name, new Setting(text(name, value), source));
          });
      return settings;
    }

    private String text(String name, Object value) {
      if (value == null || value instanceof Map) {
        throw new CommandRefusal(
            "Cannot read the configuration %s: %s must have one value".formatted(file, name));
      }
      if (value instanceof List<?> list) {
        return list.stream().map(String::valueOf).collect(Collectors.joining(","));
      }
      String text = String.valueOf(value);
      return PATHS.contains(name) && !text.contains("://") ? path(text) : text;
    }

    private String path(String text) {
      return text.startsWith("~/")
          ? invocation.home().resolve(text.substring(2)).toString()
          : file.toAbsolutePath().resolveSibling(text).normalize().toString();
    }
  }
}
