package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.seeql.cli.console.Channel;

/**
 * A file that is written completely or not at all: the output goes to a temporary file in the same
 * folder, which replaces the file at the end.
 */
final class OutputFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Path temporary;
  private final PrintStream stream;

  private OutputFile(Path file, Path temporary, PrintStream stream) {
    this.file = requireNonNull(file, "file is null");
    this.temporary = requireNonNull(temporary, "temporary is null");
    this.stream = requireNonNull(stream, "stream is null");
  }

  /** Begins to write a file. */
  static OutputFile create(Path named) {
    Path file = requireReplaceable(named);
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      return new OutputFile(
          file,
          temporary,
          new PrintStream(
              new BufferedOutputStream(Files.newOutputStream(temporary), BUFFER_BYTES),
              false,
              UTF_8));
    } catch (IOException e) {
      throw refusal(file, e);
    }
  }

  /** The file itself, without links. A device or a pipe must not be replaced by a file. */
  static Path requireReplaceable(Path file) {
    if (Files.isDirectory(file)) {
      throw new CommandRefusal("Cannot write " + file + ": it is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new CommandRefusal(
          "Cannot write " + file + ": it is not a regular file; leave out the option to print");
    }
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      throw refusal(file, e);
    }
  }

  Channel channel() {
    return Channel.plain(stream);
  }

  /** Replaces the file by what was written. */
  void publish() {
    // also reports that an earlier write failed
    boolean failed = stream.checkError();
    stream.close();
    if (failed || stream.checkError()) {
      throw new CommandRefusal("Cannot write " + file + ": the disk may be full");
    }
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new CommandRefusal(
          "Cannot write " + file + ": its file system cannot replace a file in one step", e);
    } catch (IOException e) {
      throw refusal(file, e);
    }
  }

  private static CommandRefusal refusal(Path file, IOException e) {
    return new CommandRefusal(
        "Cannot write %s: %s %s".formatted(file, e.getClass().getSimpleName(), e.getMessage()), e);
  }

  /** Deletes the temporary file, unless it was published. */
  @Override
  public void close() {
    stream.close();
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // a file that cannot be deleted is no reason to hide the outcome of the command
    }
  }
}
