package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Visits the files of a folder and its subfolders, in the order of their names. Hidden files and
 * folders are skipped silently. Only the entries of one folder and of its parents are in memory at
 * a time.
 */
final class FolderWalk {
  private final Path root;
  private final Visitor visitor;

  /** Receives every file, by its path relative to the folder. */
  interface Visitor {
    void file(Path relative) throws IOException;

    void skipped(Path relative, String reason) throws IOException;
  }

  private FolderWalk(Path root, Visitor visitor) {
    this.root = root;
    this.visitor = requireNonNull(visitor, "visitor is null");
  }

  /**
   * @param root a path without symbolic links
   */
  static void walk(Path root, Visitor visitor) throws IOException {
    new FolderWalk(root, visitor).walk(root);
  }

  private void walk(Path folder) throws IOException {
    for (Path entry : sortedEntries(folder)) {
      if (entry.getFileName().toString().startsWith(".")) {
        continue;
      }
      if (Files.isSymbolicLink(entry)) {
        visitLink(entry);
      } else if (Files.isDirectory(entry)) {
        walk(entry);
      } else if (Files.isRegularFile(entry)) {
        visitor.file(root.relativize(entry));
      } else {
        visitor.skipped(root.relativize(entry), "neither a file nor a folder");
      }
    }
  }

  /** Accepts only links to files in this folder, because a run rejects images outside it. */
  private void visitLink(Path link) throws IOException {
    Path relative = root.relativize(link);
    if (!Files.exists(link)) {
      visitor.skipped(relative, "a symbolic link without a target");
    } else if (!link.toRealPath().startsWith(root)) {
      visitor.skipped(relative, "a symbolic link to a path outside the folder");
    } else if (Files.isDirectory(link)) {
      visitor.skipped(
          relative, "a symbolic link to a folder; the files are imported from their own folder");
    } else {
      visitor.file(relative);
    }
  }

  private List<Path> sortedEntries(Path folder) throws IOException {
    if (!Files.isReadable(folder) && !folder.equals(root)) {
      visitor.skipped(root.relativize(folder), "a folder without read permission");
      return List.of();
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }

  /** The number of files, including those that will be skipped. */
  static long count(Path root) throws IOException {
    long[] count = {0};
    walk(
        root,
        new Visitor() {
          @Override
          public void file(Path relative) {
            count[0]++;
          }

          @Override
          public void skipped(Path relative, String reason) {
            count[0]++;
          }
        });
    return count[0];
  }
}
