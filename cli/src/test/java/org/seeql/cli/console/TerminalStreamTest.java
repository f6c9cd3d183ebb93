package org.seeql.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalStreamTest {
  private final Capture capture = new Capture();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J",
        "\u001b]0;title\u0007",
        "\u001bc",
        "\u009b31m",
        "\u0090q\u009c",
        "a\rb",
        "\b\b",
        "\u007f",
        "\u202eabc",
        "\u2066abc\u2069",
        "\u0000",
        "\ufdd00:\u001b[31m\ufdd1"
      })
  void replacesTerminalControlCharacters(String hostile) {
    capture.colours(80).println(hostile);

    assertThat(capture.text())
        .endsWith("\n")
        .contains("\ufffd")
        .matches("[^\\p{Cntrl}\u0080-\u009f\u202a-\u202e\u2066-\u2069]*\n");
  }

  @Test
  void keepsTextLinesTabsAndColours() {
    Channel channel = capture.colours(80);
    String text = "a\tb\n日本 🐕 e\u0301 \u200f\u05d0";
    channel.println(text + channel.paint(Style.RED, "red") + "\r\nnext");

    assertThat(capture.text()).isEqualTo(text + "\u001b[31mred\u001b[0m\nnext\n");
  }

  @Test
  void letsNoTextWithinColoursEndThem() {
    Channel channel = capture.colours(80);
    channel.println(channel.paint(Style.RED, "\u001b[0m\u001b[2Jx"));

    assertThat(capture.text()).isEqualTo("\u001b[31m\ufffd[0m\ufffd[2Jx\u001b[0m\n");
  }

  @Test
  void filtersEveryWayIntoTheStream() {
    PrintStream stream = capture.terminal(80).stream();
    stream.print('\u001b');
    stream.print(new char[] {'\u009b'});
    stream.printf("%s", "\u001b");
    stream.append("\u202e");
    stream.print((Object) "\u001b");
    byte[] bytes = "\u009b\u001b".getBytes(UTF_8);
    stream.write(bytes, 0, bytes.length);
    stream.write(0x1b);
    stream.flush();

    assertThat(capture.text()).isEqualTo("\ufffd".repeat(8));
  }

  @Test
  void decodesCharactersThatAreSplitAnywhere() {
    Channel channel = capture.colours(80);
    byte[] bytes =
        ("é日🐕\u009b\r\n" + channel.paint(Style.BOLD, "b") + "\u202e!\n").getBytes(UTF_8);
    IntStream.range(0, bytes.length).forEach(i -> channel.stream().write(bytes[i] & 0xff));

    assertThat(capture.text()).isEqualTo("é日🐕\ufffd\n\u001b[1mb\u001b[0m\ufffd!\n");
  }

  @Test
  void replacesInvalidBytes() {
    channelBytes(0x9b, 'a', 0xff);

    assertThat(capture.text()).isEqualTo("\ufffda\ufffd");
  }

  private void channelBytes(int... bytes) {
    PrintStream stream = capture.terminal(80).stream();
    for (int b : bytes) {
      stream.write(b);
    }
    stream.print("");
  }

  @ParameterizedTest
  @EnumSource(RowFormat.class)
  void noRowFormatBypassesTheFilter(RowFormat format) {
    format
        .on(capture.colours(80))
        .print(
            List.of("a\u001b[2J"), List.of(List.<Object>of("b\u001b[2J\u009bm\u202e")).iterator());

    assertThat(
            capture
                .text()
                .replace("\u001b[1m", "")
                .replace("\u001b[2m", "")
                .replace("\u001b[0m", ""))
        .doesNotContain("\u001b", "\u009b", "\u202e", "\r");
  }

  @Test
  void doesNotChangeDataForFilesAndPipes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Channel.plain(new PrintStream(bytes, true, UTF_8)).println("\u001b[2J\r");

    assertThat(bytes.toString(UTF_8)).isEqualTo("\u001b[2J\r\n");
  }

  @Test
  void filtersMessagesEvenIntoAFile() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Channel.plainMessages(new PrintStream(bytes, true, UTF_8)).println("\u001b[2J");

    assertThat(bytes.toString(UTF_8)).isEqualTo("\ufffd[2J\n");
  }
}
