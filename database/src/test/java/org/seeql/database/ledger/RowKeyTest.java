package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowKeyTest {
  @ParameterizedTest
  @CsvSource({
    "8.0.12, false",
    "8.0.22-log, false",
    "8.0.23, true",
    "8.4.3, true",
    "9.1.0-commercial, true",
    "5.7.44-log, false",
    "5.5.5-10.11.6-MariaDB-0+deb12u1, true",
    "10.2.44-MariaDB, false",
    "11.4.5-MariaDB, true",
    "10.6.16-MariaDB-log, true",
    "unknown, false"
  })
  void detectsServersWithInvisibleColumns(String version, boolean hides) {
    assertThat(RowKey.canHideColumns(version)).isEqualTo(hides);
  }
}
