package org.seeql.datasets.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportedColumnTest {

  @ParameterizedTest
  @CsvSource({
    "'', false",
    "auto_increment, false",
    "DEFAULT_GENERATED, false",
    "DEFAULT_GENERATED on update CURRENT_TIMESTAMP, false",
    "on update current_timestamp(), false",
    "VIRTUAL GENERATED, true",
    "STORED GENERATED, true",
    "'STORED GENERATED, INVISIBLE', true",
    "PERSISTENT, true",
  })
  void isComputedOnlyIfTheServerAcceptsNoValue(String extra, boolean isComputed) {
    assertThat(new ExportedColumn("c", "int", extra).isComputed()).isEqualTo(isComputed);
  }
}
