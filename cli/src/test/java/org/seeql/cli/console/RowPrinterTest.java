package org.seeql.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowPrinterTest {
  private final Capture capture = new Capture();

  @Test
  void printsValuesAsMySqlWritesThem() {
    print(
        RowFormat.CSV,
        List.of("a", "b", "c", "d", "e", "f"),
        row(
            Timestamp.valueOf("2026-11-22 08:05:00"),
            LocalDateTime.of(2026, 11, 22, 8, 5, 0, 120_000_000),
            Date.valueOf("2026-11-22"),
            new byte[] {0, (byte) 0xff},
            new BigDecimal("1E-7"),
            new BigInteger("18446744073709551615")));

    assertThat(capture.text())
        .isEqualTo(
            "a,b,c,d,e,f\n"
                + "2026-11-22 08:05:00,2026-11-22 08:05:00.12,2026-11-22,00ff,0.0000001,"
                + "18446744073709551615\n");
  }

  @Test
  void quotesInCsvWhatNeedsIt() {
    print(
        RowFormat.CSV,
        List.of("a,b", "c"),
        row("plain", "say \"hi\""),
        row("two\nlines", " spaces "),
        row(null, ""));

    assertThat(capture.text())
        .isEqualTo("\"a,b\",c\nplain,\"say \"\"hi\"\"\"\n\"two\nlines\",\" spaces \"\n,\"\"\n");
  }

  @Test
  void separatesTheRowsOfTwoQueriesByAnEmptyLine() {
    RowPrinter printer = RowFormat.CSV.on(capture.pipe());
    printer.print(List.of("a"), List.of(row(1)).iterator());
    printer.print(List.of("b"), List.of(row(2)).iterator());

    assertThat(capture.text()).isEqualTo("a\n1\n\nb\n2\n");
  }

  @Test
  void printsJsonWithNumbersAsNumbers() {
    print(
        RowFormat.JSON,
        List.of("i", "d", "t", "n", "b", "x"),
        row(7L, new BigDecimal("0.10"), "a\"\n🐕", null, true, new byte[] {1}),
        row(1, 2.5, "", null, false, new byte[0]));

    assertThat(capture.text())
        .isEqualTo(
            "[\n{\"i\":7,\"d\":0.10,\"t\":\"a\\\"\\n🐕\",\"n\":null,\"b\":true,\"x\":\"01\"},\n"
                + "{\"i\":1,\"d\":2.5,\"t\":\"\",\"n\":null,\"b\":false,\"x\":\"\"}\n]\n");
  }

  @Test
  void printsAnEmptyJsonArrayForNoRows() {
    print(RowFormat.JSON, List.of("a"));

    assertThat(capture.text()).isEqualTo("[]\n");
  }

  @Test
  void printsATableWithNumbersToTheRight() {
    print(RowFormat.TABLE, List.of("label", "n"), row("dog", 5), row(null, 1234));

    assertThat(capture.text())
        .isEqualTo(" label │ n\n───────┼──────\n dog   │    5\n NULL  │ 1234\n");
  }

  @Test
  void countsTheColumnsThatWideCharactersTake() {
    print(RowFormat.TABLE, List.of("a", "b"), row("日本", 1), row("🐕", 2), row("ab\u0301cd", 3));

    assertThat(capture.text())
        .isEqualTo(" a    │ b\n──────┼───\n 日本 │ 1\n 🐕   │ 2\n ab\u0301cd │ 3\n");
  }

  @Test
  void cutsTheWidestColumnsOfATableToTheTerminal() {
    TablePrinter printer = new TablePrinter(capture.terminal(24));
    printer.print(List.of("id", "text"), List.of(row(1, "x".repeat(40))).iterator());

    assertThat(capture.text().lines())
        .containsExactly(" id │ text", "────┼───────────────────", "  1 │ xxxxxxxxxxxxxxxx…")
        .allMatch(line -> DisplayWidth.of(line) <= 24);
  }

  @Test
  void cutsNothingInAPipe() {
    print(RowFormat.TABLE, List.of("text"), row("x".repeat(500)));

    assertThat(capture.text()).contains("x".repeat(500));
  }

  @Test
  void letsNoValueMoveTheCursor() {
    print(RowFormat.TABLE, List.of("a"), row("two\nlines \u001b[2J\u009b1m"));

    assertThat(capture.text()).isEqualTo(" a\n───────────────────\n two⏎lines �[2J�1m\n");
  }

  @Test
  void printsMoreRowsThanItMeasures() {
    Iterator<List<Object>> rows =
        IntStream.range(0, 2_500).<List<Object>>mapToObj(List::of).iterator();

    long printed = RowFormat.TABLE.on(capture.pipe()).print(List.of("n"), rows);

    assertThat(printed).isEqualTo(2_500);
    assertThat(capture.text().lines()).hasSize(2_502).endsWith(" 2499");
  }

  @Test
  void stopsWhenTheReaderHasGoneAway() {
    Iterator<List<Object>> endless =
        Collections.nCopies(Integer.MAX_VALUE, row("x".repeat(1_000))).iterator();
    PrintStream broken =
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
              }
            });

    for (RowFormat format : RowFormat.values()) {
      assertThat(format.on(Channel.plain(broken)).print(List.of("a"), endless)).isLessThan(2_000);
    }
  }

  @SafeVarargs
  private void print(RowFormat format, List<String> columns, List<Object>... rows) {
    List<List<Object>> list = new ArrayList<>();
    for (List<Object> row : rows) {
      list.add(row);
    }
    format.on(capture.pipe()).print(columns, list.iterator());
  }

  private static List<Object> row(Object... cells) {
    return Arrays.asList(cells);
  }
}
