package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunIdConverterTest {
  @Test
  void removesTheEndOfALineOfCsv() {
    assertThat(new RunIdConverter().convert("20261129-123458-axpm\r"))
        .isEqualTo("20261129-123458-axpm");
  }
}
