package org.seeql.udf.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
  private static final int READS = 20_000;

  @TempDir private Path directory;
  private Path root;
  private RegularFile.Guard below;

  @BeforeEach
  void makeFolder() throws IOException {
    root = Files.createDirectories(directory.toRealPath().resolve("root"));
    below =
        real -> {
          if (!real.startsWith(root)) {
            throw new IOException("It leads out");
          }
        };
  }

  private static String read(Path path, RegularFile.Guard guard) throws IOException {
    try (RegularFile file = RegularFile.open(path, guard)) {
      byte[] bytes = new byte[(int) file.length()];
      int read = ImageFiles.fill(file, 0, bytes, 0);
      return new String(Arrays.copyOf(bytes, read), US_ASCII);
    }
  }

  @Test
  void followsLinksThatStayInside() throws IOException {
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/日本 1.jpg"), "inside");
    Files.createSymbolicLink(root.resolve("short"), Path.of("a/b"));
    Files.createSymbolicLink(root.resolve("one.jpg"), Path.of("short/日本 1.jpg"));

    assertThat(read(root.resolve("a/b/日本 1.jpg"), below)).isEqualTo("inside");
    assertThat(read(root.resolve("short/日本 1.jpg"), below)).isEqualTo("inside");
    assertThat(read(root.resolve("one.jpg"), below)).isEqualTo("inside");
  }

  @Test
  void reportsTheProblem() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "outside");
    Files.createSymbolicLink(root.resolve("out"), secret);
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

    assertThatThrownBy(() -> read(root.resolve("out"), below)).hasMessage("It leads out");
    assertThatThrownBy(() -> read(root.resolve("none"), below))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(root + "/none");
    assertThatThrownBy(() -> read(root.resolve("loop"), below))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(root + "/loop");
    assertThatThrownBy(() -> read(root, below)).hasMessage("It is a folder: " + root);
  }

  @Test
  void namesTheUnreadableFile() throws IOException {
    Path closed = Files.writeString(root.resolve("closed"), "x");
    closed.toFile().setReadable(false, false);
    assumeTrue(!Files.isReadable(closed), "root may read everything");

    assertThatThrownBy(() -> read(closed, below))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage(closed.toString());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void opensNoPipeAndNoDevice() throws Exception {
    Path pipe = root.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");

    for (Path special : List.of(pipe, Path.of("/dev/zero"), Path.of("/dev/null"))) {
      assertThatThrownBy(() -> read(special, RegularFile.Guard.NONE))
          .isInstanceOf(IOException.class)
          .hasMessage("It is not a regular file: " + special);
    }
  }

  /** Kernel files are reported as regular and empty, and reading some of them blocks. */
  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void readsNothingOfAFileOfTheKernel() throws Exception {
    Path kernel = Path.of("/proc/kmsg");
    assumeTrue(Files.isReadable(kernel), "it may not be read");

    try (RegularFile file = RegularFile.open(kernel, RegularFile.Guard.NONE)) {
      ReadBudget budget = new ReadBudget(ReadSettings.ofJvm());
      assertThatThrownBy(
              () -> ImageFiles.read(file, 1_000, budget, ReadBudget.WaitPolicy.UNLIMITED))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessage("The file is empty");
    }
  }

  /** A folder is sometimes a link, and a file is a link to a file outside or to a pipe. */
  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(300)
  void readsNothingOutsideWhileLinksChange() throws Exception {
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("image"), "outside");
    Path inside = Files.createDirectories(root.resolve("inside"));
    Files.writeString(inside.resolve("image"), "inside");
    Path pipe = root.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    Path folder = Files.createDirectories(root.resolve("folder"));
    Files.writeString(folder.resolve("image"), "inside");
    Path away = root.resolve("away");
    Path file = Files.createSymbolicLink(root.resolve("file"), inside.resolve("image"));

    Map<String, Integer> outcomes = new HashMap<>();
    Thread swapping =
        new Thread(
            () -> {
              for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                swapForAMoment(folder, away, outside);
                swap(
                    file,
                    List.of(outside.resolve("image"), pipe, inside.resolve("image")).get(i % 3));
              }
            });
    swapping.start();
    try {
      for (int i = 0; i < READS; i++) {
        Path path = i % 2 == 0 ? folder.resolve("image") : file;
        String outcome;
        try {
          outcome = read(path, below);
        } catch (IOException e) {
          outcome = e.getMessage();
        }
        outcomes.merge(outcome, 1, Integer::sum);
      }
    } finally {
      swapping.interrupt();
      swapping.join();
    }

    assertThat(outcomes)
        .containsKeys("inside", "It leads out", "It is not a regular file: " + file)
        .doesNotContainKey("outside");
    outcomes.remove(folder.resolve("image").toString()); // when the folder did not exist
    assertThat(outcomes).hasSize(3);
  }

  /** Temporarily replaces a folder with a link. */
  private static void swapForAMoment(Path folder, Path away, Path target) {
    try {
      Files.move(folder, away);
      Files.createSymbolicLink(folder, target);
      Files.delete(folder);
      Files.move(away, folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces a link with another one atomically. */
  private void swap(Path link, Path target) {
    try {
      Path next = link.resolveSibling(link.getFileName() + ".next");
      Files.createSymbolicLink(next, target);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
