package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.layout.ExportMetadata;

class ExportMetadataReaderTest {
  private static List<String> names(String literal) {
    return ExportMetadataReader.ofOnnx(Map.of("names", literal)).names();
  }

  @Test
  void readsNamesFromDictionariesAndLists() {
    assertThat(names("{0: 'red', 1: \"gr'een\", 2: 'bl\\'ue'}"))
        .containsExactly("red", "gr'een", "bl'ue");
    assertThat(names("['class 1', '2: b']")).containsExactly("class 1", "2: b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{1: 'red', 2: 'green'}",
        "{0: 'red', 1: 'green",
        "{0: 'red' 1: 'green'}",
        "['red'] 'green'",
        "[\\u12",
        "['\\uzzzz']"
      })
  void readsNoNamesFromOtherText(String literal) {
    assertThat(names(literal)).isEmpty();
  }

  @Test
  void readsNamesOfAnyLengthButNoDeepNesting() {
    String plain = "x".repeat(100_000);
    String quotes = "\\'".repeat(100_000);

    assertThat(names("['" + plain + "', '" + quotes + "']"))
        .containsExactly(plain, "'".repeat(100_000));
    assertThat(names("[".repeat(100_000) + "]".repeat(100_000))).isEmpty();
  }

  @Test
  void readsTheMetadataOfUltralytics() {
    ExportMetadata metadata =
        ExportMetadataReader.ofOnnx(
            Map.of(
                "task", "pose",
                "names", "{0: 'person'}",
                "imgsz", "[480, 640]",
                "kpt_shape", "[17, 3]",
                "args", "{'batch': 1, 'half': False, 'nms': True, 'data': None}"));

    assertThat(metadata)
        .isEqualTo(
            new ExportMetadata(
                Optional.of("pose"), List.of("person"), List.of(480, 640), true, List.of(17, 3)));
  }

  /** Ultralytics exports the suppression as a loop over the images of the export's batch. */
  @ParameterizedTest
  @CsvSource({"True, 16, 16", "True, 1, 1", "None, 16,", "False, 16,", "True, many,"})
  void readsForHowManyImagesAnExportSuppresses(String nms, String batch, Integer most) {
    ExportMetadata metadata =
        ExportMetadataReader.ofOnnx(Map.of("batch", batch, "args", "{'nms': " + nms + "}"));

    assertThat(metadata.mostImages())
        .isEqualTo(most == null ? OptionalInt.empty() : OptionalInt.of(most));
  }

  @Test
  void readsTheJsonOfATorchScriptArchive() {
    ExportMetadata metadata =
        ExportMetadataReader.ofTorchScript(
            "{\"task\": \"detect\", \"imgsz\": [320, 320], \"end2end\": false,"
                + " \"names\": {\"0\": \"caf\\u00e9\", \"1\": \"b\"}, \"args\": {\"nms\": false}}\n");

    assertThat(metadata.task()).contains("detect");
    assertThat(metadata.names()).containsExactly("café", "b");
    assertThat(metadata.imageSize()).containsExactly(320, 320);
    assertThat(metadata.suppressed()).isFalse();
  }

  @Test
  void knowsTheExporterByItsName() {
    assertThat(ExportMetadataReader.ofOnnx(Map.of("author", "Ultralytics")).ofUltralytics())
        .isTrue();
    assertThat(ExportMetadataReader.ofOnnx(Map.of("author", "somebody")).ofUltralytics()).isFalse();
    assertThat(ExportMetadataReader.ofOnnx(Map.of("task", "classify")).ofUltralytics()).isFalse();
  }

  @Test
  void readsNothingFromAFileWithoutMetadata() {
    assertThat(ExportMetadataReader.ofOnnx(Map.of())).isEqualTo(ExportMetadata.NONE);
    assertThat(ExportMetadataReader.ofTorchScript("not JSON")).isEqualTo(ExportMetadata.NONE);
  }
}
