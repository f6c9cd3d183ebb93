package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.datasets.FileTree;
import org.seeql.udf.image.ImageFile;

/** Hadoop's local file system stands for a store. */
class RemoteFilesTest {
  @TempDir Path folder;

  private String uri() {
    return "file://" + folder.toAbsolutePath();
  }

  private void write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  @Test
  void visitsTheFilesOfAllFoldersExceptHiddenOnes() throws IOException {
    write("b.jpg");
    write("deep/er/Ä 100%.jpg");
    write(".hidden.jpg");
    write("deep/.thumbnails/c.jpg");
    List<String> visited = new ArrayList<>();

    RemoteFiles files = RemoteFiles.of(uri() + "/");
    files.walk(
        new FileTree.Visitor() {
          @Override
          public void file(String name, long bytes) {
            visited.add(name + " " + bytes);
          }

          @Override
          public void skipped(String name, String reason) {
            throw new AssertionError(name);
          }
        });

    assertThat(visited).containsExactlyInAnyOrder("b.jpg 5", "deep/er/Ä 100%.jpg 19");
    assertThat(files.root()).isEqualTo(uri());
    try (ImageFile file = files.open("deep/er/Ä 100%.jpg")) {
      assertThat(file.length()).isEqualTo(19);
    }
  }

  @Test
  void refusesATextThatIsNoUri() {
    assertThatThrownBy(() -> RemoteFiles.of("hdfs://[a/b"))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage("Cannot import hdfs://[a/b: it is not a URI");
  }

  @Test
  void reportsWhyTheFileSystemRejectsAUri() {
    assertThatThrownBy(() -> RemoteFiles.of("file://host/photos"))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage(
            "Cannot import file://host/photos: Wrong FS: file://host/photos, expected: file:///");
  }

  @Test
  void refusesAFolderThatDoesNotExist() {
    String missing = uri() + "/missing";

    assertThatThrownBy(() -> RemoteFiles.of(missing))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage("Cannot import " + missing + ": there is no such folder");
  }
}
