package org.seeql.job.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ImageRootTest {
  @TempDir Path directory;
  private Path root;

  @BeforeEach
  void makeImages() throws IOException {
    root = Files.createDirectories(directory.resolve("the root"));
    Files.createDirectories(root.resolve("sub"));
    Files.writeString(root.resolve("sub/a b.jpg"), "inside");
    Files.writeString(directory.resolve("secret.jpg"), "outside");
    Files.createDirectories(directory.resolve("the root too"));
    Files.writeString(directory.resolve("the root too/c.jpg"), "neighbour");
  }

  private static void assertReads(ImageRoot root, String path) throws IOException {
    assertThat(new String(root.read(path), UTF_8)).isEqualTo("inside");
  }

  @Test
  void readsWhatLiesBelow() throws IOException {
    ImageRoot local = ImageRoot.open(root.toString());

    assertReads(local, "sub/a b.jpg");
    assertReads(local, "./sub/../sub/a b.jpg");
    assertReads(local, root + "/sub/a b.jpg");
    assertReads(local, "file://" + root + "/sub/a b.jpg");
    assertReads(ImageRoot.open("file://" + root), "sub/a b.jpg");
  }

  @Test
  void takesARootThatIsALink() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), root);
    ImageRoot linked = ImageRoot.open(link.toString());

    assertReads(linked, "sub/a b.jpg");
    assertReads(linked, link + "/sub/a b.jpg");
    assertReads(linked, root + "/sub/a b.jpg");
  }

  @Test
  void readsNothingElse() throws IOException {
    ImageRoot local = ImageRoot.open(root.toString());
    Files.createSymbolicLink(root.resolve("up"), directory);

    for (String path :
        new String[] {
          "../secret.jpg",
          "sub/../../secret.jpg",
          directory + "/secret.jpg",
          directory + "/the root too/c.jpg",
          "../the root too/c.jpg",
          "up/secret.jpg",
          "file:///etc/passwd",
          "http://localhost/x.jpg",
        }) {
      assertThatThrownBy(() -> local.read(path))
          .as(path)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("The path '" + path + "' leaves the image root " + root);
    }
    assertThatThrownBy(() -> local.read("a\0b"))
        .hasMessage("It is not a path: Nul character not allowed");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @Timeout(60)
  void refusesPipesAndDevicesAtOnce() throws Exception {
    Path pipe = root.resolve("pipe.jpg");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no mkfifo");
    Files.createSymbolicLink(root.resolve("link.jpg"), pipe);

    assertThatThrownBy(() -> ImageRoot.open(root.toString()).read("pipe.jpg"))
        .hasMessage("It is not a regular file: " + pipe);
    assertThatThrownBy(() -> ImageRoot.open(root.toString()).read("link.jpg"))
        .hasMessage("It is not a regular file: " + root + "/link.jpg");
    assertThatThrownBy(() -> ImageRoot.open("/dev").read("zero"))
        .hasMessage("It is not a regular file: /dev/zero");
    assertThatThrownBy(() -> ImageRoot.openOrAnywhere("").read("/dev/zero"))
        .hasMessage("It is not a regular file: /dev/zero");
    assertThat(ImageRoot.open("/proc").read("uptime")).isEmpty();
  }

  @Test
  void readsNoMoreThanAnImageMayHave() throws IOException {
    Path large = root.resolve("large.jpg");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((512L << 20) + 1);
    }

    assertThatThrownBy(() -> ImageRoot.open(root.toString()).read("large.jpg"))
        .hasMessage("The file has 536870913 bytes (at most 536870912): " + large);
    assertThatThrownBy(() -> HadoopImageRoot.at("file:" + root).read("large.jpg"))
        .hasMessageStartingWith("The file has 536870913 bytes (at most 536870912): file:");
    assertThatThrownBy(() -> HadoopImageRoot.at("file:" + root).read("sub"))
        .hasMessageStartingWith("It is a folder: file:");
  }

  @Test
  void noticesThatItIsGone() throws IOException {
    Path gone = Files.createDirectory(directory.resolve("gone"));
    ImageRoot.open(gone.toString());
    Files.delete(gone);

    assertThatThrownBy(() -> ImageRoot.open(gone.toString()))
        .hasMessage("The image root " + gone + " no longer exists");
  }

  @Test
  void holdsForHadoopsFileSystemsToo() throws IOException {
    ImageRoot hadoop = HadoopImageRoot.at("file:" + root);

    assertReads(hadoop, "sub/a b.jpg");
    assertReads(hadoop, root + "/sub/a b.jpg");
    for (String path :
        new String[] {
          "../secret.jpg",
          "sub/../../secret.jpg",
          directory + "/the root too/c.jpg",
          "../the root too/c.jpg",
        }) {
      assertThatThrownBy(() -> hadoop.read(path))
          .as(path)
          .hasMessageStartingWith("The path '" + path + "' leaves the image root file:");
    }
    assertThatThrownBy(() -> hadoop.read("none.jpg"))
        .hasMessageStartingWith("There is no such file: file:");
    assertThatThrownBy(() -> HadoopImageRoot.at("file:" + directory + "/none"))
        .hasMessage("there is no such folder");
  }
}
