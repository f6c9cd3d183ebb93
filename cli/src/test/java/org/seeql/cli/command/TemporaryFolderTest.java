package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
  @TempDir private Path parent;

  @Test
  void deletesTheFilesOfAnEndedProcess() throws Exception {
    Path left = Files.createDirectories(parent.resolve("seeql-temp-1/spark-2/blocks"));
    Files.writeString(left.resolve("block"), "x");
    Files.writeString(parent.resolve("seeql-temp-1/in-use"), "");

    TemporaryFolder folder = TemporaryFolder.createIn(parent);

    assertThat(parent).isDirectoryContaining(path -> path.equals(folder.path()));
    assertThat(parent.resolve("seeql-temp-1")).doesNotExist();
    folder.delete();
  }

  @Test
  void keepsTheFilesOfALivingProcess() throws Exception {
    TemporaryFolder living = TemporaryFolder.createIn(parent);
    Path file = Files.writeString(living.path().resolve("library.so"), "x");

    TemporaryFolder.createIn(parent).delete();

    assertThat(file).exists();
    living.delete();
  }

  @Test
  void keepsTheFilesOfAnotherLivingProcess() throws Exception {
    TemporaryFolder living = TemporaryFolder.createIn(parent);
    TemporaryFolder second = TemporaryFolder.createIn(parent);

    runAnotherProcess();

    assertThat(living.path().resolve("in-use")).exists();
    assertThat(second.path().resolve("in-use")).exists();
    living.delete();
    second.delete();
  }

  @Test
  void anotherProcessDeletesUnusedFiles() throws Exception {
    Path abandoned = Files.createDirectory(parent.resolve("seeql-temp-1"));
    Files.writeString(abandoned.resolve("in-use"), "");

    runAnotherProcess();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void givesAProcessTimeToStart() throws Exception {
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

  /** A process cannot test its own file locks, so another process must try them. */
  private void runAnotherProcess() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                AnotherProcess.class.getName(),
                parent.toString())
            .redirectErrorStream(true)
            .redirectOutput(new File("target/other-process.log"))
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that starts and ends. */
  static final class AnotherProcess {
    private AnotherProcess() {}

    public static void main(String[] arguments) throws IOException {
      TemporaryFolder.createIn(Path.of(arguments[0])).delete();
    }
  }
}
