package org.seeql.job.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnyImageRootTest {
  @TempDir private Path directory;

  private static String read(String path) throws IOException {
    return new String(ImageRoot.openOrAnywhere("").read(path), UTF_8);
  }

  @Test
  void readsFilesByPathAndByUri() throws IOException {
    Path file = Files.writeString(directory.resolve("a b [1].jpg"), "bytes");

    assertThat(read(file.toString())).isEqualTo("bytes");
    assertThat(read("file:" + file)).isEqualTo("bytes");
    assertThat(read("file://" + file)).isEqualTo("bytes");
    assertThat(read(file.toUri().toString())).isEqualTo("bytes");
  }

  @Test
  void takesANameAsItIsBeforeItUndoesEscapes() throws IOException {
    Path escaped = Files.writeString(directory.resolve("a%20b.jpg"), "as it is");
    Files.writeString(directory.resolve("a b.jpg"), "undone");

    assertThat(read("file:" + escaped)).isEqualTo("as it is");
    Files.delete(escaped);
    assertThat(read("file:" + escaped)).isEqualTo("undone");
  }

  @Test
  void asksHadoopForOtherSchemes() {
    assertThatThrownBy(() -> read("nowhere://bucket/a.jpg"))
        .isInstanceOf(IOException.class)
        .hasMessage("No FileSystem for scheme \"nowhere\"");
  }

  @Test
  void saysWhatIsWrongWithAPath() {
    assertThatThrownBy(() -> read("a.jpg"))
        .isInstanceOf(IOException.class)
        .hasMessage("The path 'a.jpg' is relative; set image_dir, or use absolute paths");
    assertThatThrownBy(() -> read(" "))
        .isInstanceOf(IOException.class)
        .hasMessage("The path is empty");
    assertThatThrownBy(() -> read(directory + "/none.jpg"))
        .isInstanceOf(IOException.class)
        .hasMessage("There is no such file: " + directory + "/none.jpg");
    assertThatThrownBy(() -> read(directory.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage("It is a folder: " + directory);
  }
}
