package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {

  static Stream<ColumnType> types() {
    Stream<ColumnType> required =
        Stream.of(ColumnType.Kind.values())
            .map(
                kind ->
                    switch (kind) {
                      case TEXT -> ColumnType.text(255);
                      case EXACT_TEXT -> ColumnType.exactText(32);
                      case INT, BIGINT, DOUBLE, BOOLEAN, JSON, BYTES ->
                          new ColumnType(kind, 0, ColumnType.Absent.REFUSED);
                    });
    return required.flatMap(type -> Stream.of(type, type.orNull(), type.orZero()));
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsWhatItHasWritten(ColumnType type) {
    assertThat(ColumnType.parse(type.ddl())).isEqualTo(type);
  }

  /** These texts are in the records of runs, which later versions must be able to resume. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "VARCHAR(32) NOT NULL",
        "VARCHAR(255) NOT NULL",
        "INT NOT NULL",
        "DOUBLE NOT NULL",
        "DOUBLE NOT NULL DEFAULT 0",
        "BOOLEAN NOT NULL",
        "JSON NOT NULL",
        "LONGBLOB NOT NULL"
      })
  void readsTheTypesOfEarlierVersions(String stored) {
    assertThat(ColumnType.parse(stored).ddl()).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "DOUBLE", "VARCHAR(0) NOT NULL", "VARCHAR NOT NULL", "INT(3) NULL"})
  void refusesOtherTexts(String stored) {
    assertThatThrownBy(() -> ColumnType.parse(stored))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown type of a column: " + stored);
  }

  @Test
  void requiresALengthOfTextOnly() {
    assertThatThrownBy(() -> ColumnType.text(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("invalid length of TEXT: 0");
    assertThatThrownBy(() -> new ColumnType(ColumnType.Kind.INT, 3, ColumnType.Absent.NULL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("invalid length of INT: 3");
  }
}
