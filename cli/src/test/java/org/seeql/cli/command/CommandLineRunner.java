package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.seeql.cli.console.Capture;
import org.seeql.cli.console.Console;

/** Runs command lines in this process, with pipes as standard output and standard error. */
final class CommandLineRunner {
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";

  CommandLineRunner(Path directory) {
    this.directory = directory;
  }

  /** The outcome of a command line. */
  record Outcome(int exitCode, String out, String err) {}

  CommandLineRunner with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  CommandLineRunner withInput(String text) {
    input = text;
    return this;
  }

  Outcome run(String... arguments) {
    Capture out = new Capture();
    Capture err = new Capture();
    Console console =
        new Console(new ByteArrayInputStream(input.getBytes(UTF_8)), out.pipe(), err.pipe());
    int exitCode = Seeql.run(console, environment, directory, arguments);
    return new Outcome(exitCode, out.text(), err.text());
  }
}
