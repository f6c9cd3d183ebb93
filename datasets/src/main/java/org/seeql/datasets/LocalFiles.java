package org.seeql.datasets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seeql.database.RefusalException;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.RegularFile;

/**
 * A folder of this machine. Its files are visited in the order of their names. Only the entries of
 * one folder and of its parents are in memory at a time.
 */
public final class LocalFiles implements FileTree {
  // reading is limited by the disk
  private static final int READERS = 2;

  private final Path root;

  private LocalFiles(Path root) {
    this.root = requireNonNull(root, "root is null");
  }

  /**
   * The files of a folder.
   *
   * @throws RefusalException if there is no such folder
   */
  public static LocalFiles of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new RefusalException(
          "Cannot import "
              + folder
              + ": "
              + (Files.exists(folder) ? "it is a file, not a folder" : "there is no such folder"));
    }
    try {
      return new LocalFiles(folder.toRealPath());
    } catch (IOException e) {
      throw new RefusalException("Cannot import " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public ImageFile open(String name) throws IOException {
    return RegularFile.open(root.resolve(name), RegularFile.Guard.NONE);
  }

  @Override
  public int readers() {
    return READERS;
  }

  @Override
  public void walk(Visitor visitor) throws IOException {
    walk(root, visitor);
  }

  private void walk(Path folder, Visitor visitor) throws IOException {
    for (Path entry : sortedEntries(folder, visitor)) {
      if (entry.getFileName().toString().startsWith(".")) {
        continue;
      }
      if (Files.isSymbolicLink(entry)) {
        visitLink(entry, visitor);
      } else if (Files.isDirectory(entry)) {
        walk(entry, visitor);
      } else if (Files.isRegularFile(entry)) {
        visit(entry, visitor);
      } else {
        visitor.skipped(name(entry), "neither a file nor a folder");
      }
    }
  }

  private void visit(Path file, Visitor visitor) throws IOException {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException e) {
      visitor.skipped(name(file), "it cannot be read: " + e.getMessage());
      return;
    }
    visitor.file(name(file), bytes);
  }

  /** Accepts only links to files in this folder, because a run rejects images outside it. */
  private void visitLink(Path link, Visitor visitor) throws IOException {
    if (Files.notExists(link)) {
      visitor.missing(name(link), "a symbolic link without a target");
    } else if (!Files.exists(link)) {
      // the target is not accessible, or the links form a loop
      visitor.skipped(name(link), "a symbolic link without a target");
    } else if (!link.toRealPath().startsWith(root)) {
      visitor.skipped(name(link), "a symbolic link to a path outside the folder");
    } else if (Files.isDirectory(link)) {
      visitor.skipped(
          name(link), "a symbolic link to a folder; the files are imported from their own folder");
    } else {
      visit(link, visitor);
    }
  }

  private List<Path> sortedEntries(Path folder, Visitor visitor) throws IOException {
    if (!Files.isReadable(folder) && !folder.equals(root)) {
      visitor.skipped(name(folder), "a folder without read permission");
      return List.of();
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }

  /** The path as it is stored in tables, with slashes. */
  private String name(Path path) {
    List<String> names = new ArrayList<>();
    root.relativize(path).forEach(part -> names.add(part.toString()));
    return String.join("/", names);
  }
}
