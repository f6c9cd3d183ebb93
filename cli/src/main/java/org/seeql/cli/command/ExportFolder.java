package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder of an export, which appears only when it is complete. */
final class ExportFolder {
  private final Path folder;

  /**
   * @param folder the argument of the user
   */
  ExportFolder(Invocation invocation, String folder) {
    requireNonNull(invocation, "invocation is null");
    this.folder = invocation.resolve(folder);
  }

  /** Writes the export into an empty folder. */
  interface Export<T> {
    T write(Path folder) throws IOException;
  }

  Path path() {
    return folder;
  }

  <T> T write(Export<T> export) {
    try {
      requireNew();
      Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
      if (Files.exists(unfinished, LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandRefusal(
            "Cannot write %s: %s exists, from an export that was interrupted; delete it"
                .formatted(folder, unfinished));
      }
      Files.createDirectory(unfinished);
      try {
        T result = export.write(unfinished);
        Files.move(unfinished, folder, StandardCopyOption.REPLACE_EXISTING);
        return result;
      } finally {
        deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new CommandRefusal(
          "Cannot write %s: %s %s".formatted(folder, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private void requireNew() throws IOException {
    Path parent = folder.getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new CommandRefusal("Cannot write %s: there is no such folder".formatted(folder));
    }
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandRefusal("Cannot write %s: it is not a folder".formatted(folder));
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      if (entries.iterator().hasNext()) {
        throw new CommandRefusal(
            "Cannot write %s: the folder is not empty; choose another one".formatted(folder));
      }
    }
  }

  private static void deleteIfExists(Path unfinished) throws IOException {
    if (!Files.exists(unfinished, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        unfinished,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
