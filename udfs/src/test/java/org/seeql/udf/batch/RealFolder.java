package org.seeql.udf.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder with real weights and photos next to the checkout, or the one in {@code seeql.real}.
 */
final class RealFolder {
  private RealFolder() {}

  static Optional<Path> find() {
    String path = System.getProperty("seeql.real", "");
    if (!path.isEmpty()) {
      return Optional.of(Path.of(path));
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
        .map(folder -> folder.resolve("shared/real"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
