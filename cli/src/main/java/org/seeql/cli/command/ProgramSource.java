package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of a program and where it stands.
 *
 * @param directory what the program's relative paths start from
 */
record ProgramSource(String text, Path directory) {

  /** Typed on the command line: its paths are the shell's. */
  static ProgramSource ofArgument(String text, Invocation invocation) {
    return new ProgramSource(text, invocation.directory());
  }

  /** Standard input: its paths are the shell's. */
  static ProgramSource ofInput(Invocation invocation) {
    try {
      return new ProgramSource(
          new String(invocation.console().in().readAllBytes(), UTF_8), invocation.directory());
    } catch (IOException e) {
      throw new CommandRefusal("Cannot read the program: " + e.getMessage(), e);
    }
  }

  /** A file: its paths start from where it lies. */
  static ProgramSource ofFile(Path file) {
    return ofFile(file, "");
  }

  /** The same of a command that also takes the program itself. */
  static ProgramSource ofFileOrElseArgument(Path file) {
    return ofFile(file, "; to give SQL itself use -e");
  }

  private static ProgramSource ofFile(Path file, String cureIfMissing) {
    String name = file.toString();
    try {
      Path folder = file.toAbsolutePath().getParent();
      return new ProgramSource(Files.readString(file), folder == null ? file : folder);
    } catch (NoSuchFileException e) {
      throw new CommandRefusal(
          "Cannot read the program " + name + ": no such file" + cureIfMissing, e);
    } catch (CharacterCodingException e) {
      throw new CommandRefusal("Cannot read the program " + name + ": it is not UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandRefusal("Cannot read the program " + name + ": " + e.getMessage(), e);
    }
  }
}
