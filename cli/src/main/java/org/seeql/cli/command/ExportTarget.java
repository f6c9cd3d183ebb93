package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The target of an export: standard output, or a file that appears only when it is complete. */
final class ExportTarget {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Invocation invocation;
  private final Optional<Path> file;

  /**
   * @param file the argument of the user; null for standard output
   */
  ExportTarget(Invocation invocation, String file) {
    this.invocation = requireNonNull(invocation, "invocation is null");
    this.file = Optional.ofNullable(file).map(invocation::resolve);
  }

  /** Writes the export. */
  interface Export<T> {
    T write(OutputStream out) throws IOException;
  }

  Optional<Path> file() {
    return file;
  }

  <T> T write(Export<T> export) {
    try {
      return file.isPresent() ? writeFile(file.get(), export) : writeOutput(export);
    } catch (IOException e) {
      throw new CommandRefusal(
          "Cannot write "
              + file.map(Path::toString).orElse("to standard output")
              + ": "
              + e.getClass().getSimpleName()
              + " "
              + e.getMessage(),
          e);
    }
  }

  private <T> T writeOutput(Export<T> export) throws IOException {
    OutputStream out = invocation.console().out().stream();
    T result = export.write(out);
    out.flush();
    return result;
  }

  private static <T> T writeFile(Path named, Export<T> export) throws IOException {
    Path file = OutputFile.requireReplaceable(named);
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new CommandRefusal(
          "Cannot write "
              + file
              + ": "
              + (Files.exists(folder) ? folder + " is not a folder" : "there is no such folder"));
    }
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      T result;
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES)) {
        result = export.write(out);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      return result;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
