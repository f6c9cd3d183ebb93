package org.seeql.database.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelectedRowTest {
  @Test
  void writesABinaryIdInHexadecimalAndReadsABinaryPathAsText() {
    SelectedRow row = new SelectedRow(1, "n7".getBytes(UTF_8), "Café/a.jpg".getBytes(UTF_8));

    assertThat(row.idText()).contains("6E37");
    assertThat(row.pathText()).contains("Café/a.jpg");
  }

  @Test
  void hasNoTextForNull() {
    SelectedRow row = new SelectedRow(1, 7L, null);

    assertThat(row.idText()).contains("7");
    assertThat(row.pathText()).isEmpty();
  }
}
