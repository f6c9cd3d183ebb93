package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.InferenceException;

class ClassLabelsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void readsFilesOfWindows(String charset) throws IOException {
    Path file = folder.resolve("labels.txt");
    Files.write(file, "\uFEFFcat\r\nK\u00E4fer\r\n\r\ndog".getBytes(Charset.forName(charset)));

    assertThat(ClassLabels.load(file.toString())).containsExactly("cat", "K\u00E4fer", "dog");
  }

  @Test
  void refusesBytesThatAreNotText() throws IOException {
    Path file = folder.resolve("labels.txt");
    Files.write(file, new byte[] {'c', (byte) 0xE4, 't'});

    assertThatThrownBy(() -> ClassLabels.load(file.toString()))
        .hasMessageStartingWith("Invalid labels: '" + file + "' (coco80, ");
  }

  @Test
  void doesNotReadDevices() {
    assertThatThrownBy(() -> ClassLabels.load("/dev/zero"))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Invalid labels: '/dev/zero' (coco80, coco91, voc20, or a readable text file with"
                + " one label per line)");
  }
}
