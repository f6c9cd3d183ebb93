package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted with its content when it is closed. */
record ScratchFolder(Path path) implements AutoCloseable {

  /** Creates an empty folder among the temporary files of this machine. */
  static ScratchFolder create(String prefix) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(prefix));
  }

  @Override
  public void close() throws IOException {
    List<Path> content;
    try (Stream<Path> found = Files.walk(path)) {
      content = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : content) {
      Files.deleteIfExists(entry);
    }
  }
}
