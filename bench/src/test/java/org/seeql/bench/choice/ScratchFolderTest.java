package org.seeql.bench.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  @Test
  void isDeletedWithItsContentButNotWithTheTargetsOfLinks(@TempDir Path outside) throws Exception {
    Path kept = Files.createFile(outside.resolve("kept"));
    Path path;
    try (ScratchFolder folder = ScratchFolder.create("seeql-test-")) {
      path = folder.path();
      Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "c");
      Files.createSymbolicLink(path.resolve("link"), outside);
    }

    assertThat(path).doesNotExist();
    assertThat(kept).exists();
  }
}
