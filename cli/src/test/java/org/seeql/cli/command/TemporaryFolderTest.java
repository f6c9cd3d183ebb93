package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir private Path parent;

  @Test
  void deletesWhatAProcessLeftThatIsGone() throws Exception {
    Path left = Files.createDirectories(parent.resolve("seeql-temp-1/spark-2/blocks"));
    Files.writeString(left.resolve("block"), "x");
    Files.writeString(parent.resolve("seeql-temp-1/in-use"), "");

    TemporaryFolder folder = TemporaryFolder.createIn(parent);

    assertThat(parent).isDirectoryContaining(path -> path.equals(folder.path()));
    assertThat(parent.resolve("seeql-temp-1")).doesNotExist();
    folder.delete();
  }

  @Test
  void leavesAProcessThatLivesItsFiles() throws Exception {
    TemporaryFolder living = TemporaryFolder.createIn(parent);
    Path file = Files.writeString(living.path().resolve("library.so"), "x");

    TemporaryFolder.createIn(parent).delete();

    assertThat(file).exists();
    living.delete();
  }

  @Test
  void leavesAProcessTimeToBegin() throws Exception {
    Path beginning = Files.createDirectory(parent.resolve("seeql-temp-1"));
    Path old = Files.createDirectory(parent.resolve("seeql-temp-2"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    TemporaryFolder.createIn(parent).delete();

    assertThat(beginning).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void deletesNothingElse() throws Exception {
    Path other = Files.createDirectories(parent.resolve("seeql-cases"));
    Path target = Files.createDirectories(parent.resolve("elsewhere"));
    Files.writeString(target.resolve("in-use"), "");
    Path link = Files.createSymbolicLink(parent.resolve("seeql-temp-link"), target);
    Path abandoned = Files.createDirectories(parent.resolve("seeql-temp-1"));
    Files.writeString(abandoned.resolve("in-use"), "");
    Files.createSymbolicLink(abandoned.resolve("link"), target);

    TemporaryFolder.createIn(parent).delete();

    assertThat(abandoned).doesNotExist();
    assertThat(other).exists();
    assertThat(link).exists();
    assertThat(target.resolve("in-use")).exists();
  }

  @Test
  void deletesItselfAtItsEnd() throws Exception {
    TemporaryFolder folder = TemporaryFolder.createIn(parent);
    Files.createDirectories(folder.path().resolve("a/b"));

    folder.delete();

    assertThat(parent).isEmptyDirectory();
  }
}
