package org.seeql.spark.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;

class ImageColumnTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "path STRING|0",
        "id INT, path STRING|1",
        "file_name STRING, path STRING|1",
        "id INT, FILE_NAME STRING|1",
        "Path STRING, file_name STRING|0",
      })
  void theUsualColumnIsPathElseFileName(String columns, int expected) {
    assertThat(ImageColumn.USUAL.position(StructType.fromDDL(columns))).isEqualTo(expected);
  }

  @Test
  void aNameMatchesInAnyCase() {
    StructType columns = StructType.fromDDL("path STRING, `Größe, ` STRING, body BINARY");

    assertThat(ImageColumn.path("größe, ").position(columns)).isEqualTo(1);
    assertThat(ImageColumn.content("BODY").position(columns)).isEqualTo(2);
  }

  @Test
  void anUnknownColumnNamesTheNearest() {
    StructType columns = StructType.fromDDL("id INT, url STRING, body BINARY");

    assertThatThrownBy(() -> ImageColumn.path("ur1").position(columns))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Unknown column 'ur1'; known: url, id, body");
  }

  @Test
  void imagesWithoutTheUsualColumnsNeedAName() {
    assertThatThrownBy(() -> ImageColumn.USUAL.position(StructType.fromDDL("id INT, url STRING")))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "The images have no column 'path' or 'file_name', only id, url; choose the column of the paths with ImageColumn.path(…)");
  }

  @Test
  void aColumnHasTheTypeOfItsKind() {
    StructType columns = StructType.fromDDL("path INT, content STRING, url BINARY");

    assertThatThrownBy(() -> ImageColumn.USUAL.position(columns))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Column 'path' cannot contain paths of images: its type is int (expected string)");
    assertThatThrownBy(() -> ImageColumn.path("url").position(columns))
        .hasMessage(
            "Column 'url' cannot contain paths of images: its type is binary (expected string)");
    assertThatThrownBy(() -> ImageColumn.content("content").position(columns))
        .hasMessage(
            "Column 'content' cannot contain the bytes of images: its type is string (expected binary)");
  }

  @Test
  void aColumnOfContentsHasAName() {
    assertThatThrownBy(() -> new ImageColumn(ImageColumn.Kind.CONTENT, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a column of file contents needs a name");
  }
}
