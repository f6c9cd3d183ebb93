package org.seeql.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  @Test
  void isPlainWithoutATerminal() {
    Console console = Console.ofProcess(Map.of("TERM", "xterm", "COLUMNS", "120"));

    assertThat(console.out().look()).isEqualTo(Channel.Look.PLAIN);
    assertThat(console.out().width()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void detectsItsTerminals() {
    Console console =
        Console.ofProcess(Map.of("SEEQL_TERMINAL", "err", "TERM", "xterm", "COLUMNS", "120"));

    assertThat(console.out().look()).isEqualTo(Channel.Look.PLAIN);
    assertThat(console.err().look()).isEqualTo(Channel.Look.COLOUR);
    assertThat(console.err().width()).isEqualTo(120);
  }

  @Test
  void printsNoColoursIfTheyAreDisabled() {
    Map<String, String> wanted = Map.of("SEEQL_TERMINAL", "outerr", "TERM", "xterm");
    Map<String, String> unwanted =
        Map.of("SEEQL_TERMINAL", "outerr", "TERM", "xterm", "NO_COLOR", "1");

    assertThat(Console.ofProcess(wanted).out().paint(Style.RED, "x")).isNotEqualTo("x");
    assertThat(Console.ofProcess(unwanted).out().paint(Style.RED, "x")).isEqualTo("x");
    assertThat(Console.ofProcess(Map.of("SEEQL_TERMINAL", "out")).out().look())
        .isEqualTo(Channel.Look.MONOCHROME);
  }

  @Test
  void coloursAStatementWithoutChangingIt() {
    String sql = "SELECT 'a' FROM t TO RUN x -- done";
    Capture terminal = new Capture();
    Channel channel = terminal.colours(80);
    channel.println(HighlightedSql.of(sql, channel));

    assertThat(terminal.text()).startsWith("\u001b[34mSELECT\u001b[0m ");
    assertThat(terminal.text().replaceAll("\u001b\\[\\d*m", "")).isEqualTo(sql + "\n");
    assertThat(HighlightedSql.of(sql, new Capture().pipe())).isEqualTo(sql);
  }
}
