package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Resolves the file names in annotations. Some tools write absolute names, and tools on Windows
 * write backslashes.
 */
final class ImageNames {
  private final String folder;
  private final Optional<Path> local;

  /**
   * @param folder the folder of the images: an absolute path or a URI; files are looked up only if
   *     it is a folder on this machine
   */
  ImageNames(String folder) {
    this.folder = requireNonNull(folder, "folder is null");
    this.local =
        Optional.of(folder)
            .filter(f -> !f.contains("://"))
            .map(Path::of)
            .filter(Files::isDirectory);
  }

  /**
   * The name relative to the folder, with slashes; empty if it leads out of the folder.
   *
   * @param name as in the annotations
   */
  Optional<String> below(String name) {
    String slashed = name.indexOf('\\') < 0 || isFile(name) ? name : name.replace('\\', '/');
    Optional<String> relative =
        slashed.startsWith("/") || slashed.startsWith(folder + "/")
            ? relative(slashed)
            : Optional.of(slashed);
    return relative.filter(r -> !List.of(r.split("/")).contains(".."));
  }

  private Optional<String> relative(String absolute) {
    String start = folder.endsWith("/") ? folder : folder + "/";
    if (absolute.startsWith(start)) {
      return Optional.of(absolute.substring(start.length()));
    }
    return local.flatMap(root -> resolved(root, absolute));
  }

  // The folder's path has no symbolic links, but the name may contain some.
  private static Optional<String> resolved(Path root, String absolute) {
    try {
      Path file = Path.of(absolute);
      if (file.getParent() == null) {
        return Optional.empty();
      }
      Path real = file.getParent().toRealPath().resolve(file.getFileName());
      return real.startsWith(root)
          ? Optional.of(root.relativize(real).toString())
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether the file exists. If the folder is a URI, this is assumed, because each check would need
   * a request.
   *
   * @param relative to the folder
   */
  boolean exists(String relative) {
    return local.isEmpty() || isFile(relative);
  }

  private boolean isFile(String relative) {
    try {
      return local.isPresent() && Files.isRegularFile(local.get().resolve(relative));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
