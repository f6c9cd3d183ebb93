package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.statement.TableName;
import picocli.CommandLine.TypeConversionException;

class TableNameConverterTest {
  private final TableNameConverter converter = new TableNameConverter();

  @Test
  void readsTables() {
    assertThat(converter.convert("images")).isEqualTo(TableName.of("images"));
    assertThat(converter.convert("db.images")).isEqualTo(TableName.of("db", "images"));
    assertThat(converter.convert("`a.b`.`my ``own`` t`"))
        .isEqualTo(TableName.of("a.b", "my `own` t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".b", "a.b.c", "`a", "``"})
  void refusesInvalidNames(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage(
            "'"
                + text
                + "' is not a table name (expected TABLE or DATABASE.TABLE; put a name that "
                + "contains a dot in backquotes)");
  }
}
