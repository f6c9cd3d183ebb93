package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The text of a program and its base directory.
 *
 * @param directory the base of the program's relative paths
 */
record ProgramSource(String text, Path directory) {

  /** A program from the command line. Its paths are relative to the current directory. */
  static ProgramSource ofArgument(String text, Invocation invocation) {
    return new ProgramSource(text, invocation.directory());
  }

  /** A program from standard input. Its paths are relative to the current directory. */
  static ProgramSource ofInput(Invocation invocation) {
    try {
      return new ProgramSource(
          new String(invocation.console().in().readAllBytes(), UTF_8), invocation.directory());
    } catch (IOException e) {
      throw new CommandRefusal("Cannot read the program: " + e.getMessage(), e);
    }
  }

  /** A program from a file. Its paths are relative to the file's folder. */
  static ProgramSource ofFile(Path file) {
    return ofFile(file, "");
  }

  /** Like {@link #ofFile}, for a command that also accepts the program text as an argument. */
  static ProgramSource ofFileOrElseArgument(Path file) {
    return ofFile(file, "; use -e to pass SQL as an argument");
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
