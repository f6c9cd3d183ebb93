package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.seeql.cli.console.Console;

/**
 * The environment of a command.
 *
 * @param directory the user's current directory, the base of relative paths on the command line
 */
record Invocation(
    Console console, Map<String, String> environment, Path directory, Interruption interruption) {
  Invocation {
    requireNonNull(console, "console is null");
    requireNonNull(interruption, "interruption is null");
    environment = Map.copyOf(environment);
    directory = directory.toAbsolutePath().normalize();
  }

  /** The word by which the user calls SeeQL. */
  String program() {
    return console.program();
  }

  /** An environment variable. A blank value counts as not set. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank());
  }

  Path resolve(String path) {
    return directory.resolve(path).normalize();
  }

  /** The base directory for user data: {@code XDG_DATA_HOME}, else {@code ~/.local/share}. */
  Path dataHome() {
    return variable("XDG_DATA_HOME")
        .map(Path::of)
        .orElseGet(() -> home().resolve(".local").resolve("share"));
  }

  /** The base directory for caches: {@code XDG_CACHE_HOME}, else {@code ~/.cache}. */
  Path cacheHome() {
    return variable("XDG_CACHE_HOME")
        .map(Path::of)
        .orElseGet(() -> home().resolve(".cache"))
        .resolve("seeql");
  }

  /** The folder of the user's configuration, if the environment has a home directory. */
  Optional<Path> configHome() {
    return variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .or(() -> variable("HOME").map(home -> Path.of(home).resolve(".config")))
        .map(base -> base.resolve("seeql"));
  }

  /** The user's home directory: {@code HOME}. */
  Path home() {
    return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")));
  }
}
