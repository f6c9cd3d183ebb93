package org.seeql.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.seeql.database.jdbc.NumberText;

class RowPrinterTest {
  private final Capture capture = new Capture();

  @Test
  void printsValuesAsMySqlWritesThem() {
    print(
        RowFormat.CSV,
        List.of("a", "b", "c", "d", "e", "f"),
        row(
            "0000-00-00",
            "-838:59:59.000000",
            new NumberText("1e300"),
            new byte[] {0, (byte) 0xff},
            new BigDecimal("1E-7"),
            new BigInteger("18446744073709551615")));

    assertThat(capture.text())
        .isEqualTo(
            "a,b,c,d,e,f\r\n"
                + "0000-00-00,-838:59:59.000000,1e300,00ff,0.0000001,18446744073709551615\r\n");
  }

  @Test
  void aTableShowsOnlyTheLengthOfLongBinaryValues() {
    print(RowFormat.TABLE, List.of("map", "key"), row(new byte[3_965], new byte[] {1, 2}));

    assertThat(capture.text()).contains("(3,965 bytes)", "0102").doesNotContain("000000");
  }

  @Test
  void quotesCsvValuesIfNecessary() {
    print(
        RowFormat.CSV,
        List.of("a,b", "c"),
        row("plain", "say \"hi\""),
        row("two\nlines", " spaces "),
        row(null, ""));

    assertThat(capture.text())
        .isEqualTo(
            "\"a,b\",c\r\nplain,\"say \"\"hi\"\"\"\r\n\"two\nlines\",\" spaces \"\r\n,\"\"\r\n");
  }

  @Test
  void printsNoEmptyLineInCsv() {
    print(RowFormat.CSV, List.of("a"), row((Object) null), row(""));

    assertThat(capture.text()).isEqualTo("a\r\n\"\"\r\n\"\"\r\n");
  }

  @Test
  void printsNoFormulaInCsvForSpreadsheets() {
    RowFormat.csvForSpreadsheets(capture.pipe())
        .print(
            List.of("=a", "b"),
            List.of(
                    row("=1+1", "+1"),
                    row("-1", -1),
                    row("@SUM(A1)", new NumberText("-1e300")),
                    row("\t=1", "\r=1"),
                    row("＝1", "a=1"))
                .iterator());

    assertThat(capture.text())
        .isEqualTo(
            "'=a,b\r\n'=1+1,'+1\r\n'-1,-1\r\n'@SUM(A1),-1e300\r\n'\t=1,\"'\r=1\"\r\n'＝1,a=1\r\n");
  }

  @Test
  void separatesTheRowsOfTwoQueriesByAnEmptyLine() {
    RowPrinter printer = RowFormat.CSV.on(capture.pipe());
    printer.print(List.of("a"), List.of(row(1)).iterator());
    printer.print(List.of("b"), List.of(row(2)).iterator());

    assertThat(capture.text()).isEqualTo("a\r\n1\r\n\r\nb\r\n2\r\n");
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
  void printsNumbersOfTheServerAsNumbersOfJson() {
    print(
        RowFormat.JSON,
        List.of("f", "z", "y", "n"),
        row(
            new NumberText("1e300"),
            new NumberText("00042"),
            new NumberText("0000"),
            new NumberText("-0.50")));

    assertThat(capture.text()).isEqualTo("[\n{\"f\":1e300,\"z\":42,\"y\":0,\"n\":-0.50}\n]\n");
  }

  @Test
  void escapesTerminalControlCharactersInJson() {
    print(RowFormat.JSON, List.of("a"), row("\u001b[2J\u009b1m\u007f\u202e"));

    assertThat(capture.text()).isEqualTo("[\n{\"a\":\"\\u001B[2J\\u009b1m\\u007f\\u202e\"}\n]\n");
  }

  @Test
  void closesAJsonArrayAfterAFailureBetweenRows() {
    Iterator<List<Object>> rows = failingAfter(2);

    assertThatThrownBy(() -> RowFormat.JSON.on(capture.pipe()).print(List.of("n"), rows))
        .hasMessage("no more");

    assertThat(capture.text()).isEqualTo("[\n{\"n\":1},\n{\"n\":2}\n]\n");
  }

  @Test
  void printsNoJsonIfNoRowCanBeRead() {
    Iterator<List<Object>> rows = failingAfter(0);

    assertThatThrownBy(() -> RowFormat.JSON.on(capture.pipe()).print(List.of("n"), rows))
        .hasMessage("no more");

    assertThat(capture.text()).isEmpty();
  }

  private static Iterator<List<Object>> failingAfter(int last) {
    return Stream.iterate(1, n -> n + 1)
        .map(
            n -> {
              if (n > last) {
                throw new IllegalStateException("no more");
              }
              return row(n);
            })
        .iterator();
  }

  @Test
  void printsAnEmptyJsonArrayForNoRows() {
    print(RowFormat.JSON, List.of("a"));

    assertThat(capture.text()).isEqualTo("[]\n");
  }

  @Test
  void printsOneJsonObjectPerLine() {
    print(RowFormat.JSONL, List.of("a", "b"), row(1, "x\ny"), row(null, "\u001b"));

    assertThat(capture.text())
        .isEqualTo("{\"a\":1,\"b\":\"x\\ny\"}\n{\"a\":null,\"b\":\"\\u001B\"}\n");
  }

  @Test
  void escapesTabSeparatedValuesAsLoadDataReadsThem() {
    print(RowFormat.TSV, List.of("a\tb", "c"), row("x\ty\nz", null), row("C:\\n", ""));

    assertThat(capture.text()).isEqualTo("a\\tb\tc\nx\\ty\\nz\t\\N\nC:\\\\n\t\n");
  }

  @Test
  void escapesWhatMarkdownWouldInterpret() {
    print(RowFormat.MARKDOWN, List.of("a", "n"), row("x|y\n<b>*", 1), row(null, null));

    assertThat(capture.text())
        .isEqualTo(
            """
            | a | n |
            | --- | ---: |
            | x\\|y<br>&lt;b>\\* | 1 |
            | NULL | NULL |
            """);
  }

  @Test
  void aJsonDocumentContainsTheResultsOfAllStatements() {
    try (JsonDocument document = new JsonDocument(capture.pipe())) {
      document.addRows(2, List.of("a"), List.of(row(1)).iterator());
      document.addPlan(3, "{\"p\":1}");
      document.addRows(4, List.of("a"), Collections.emptyIterator());
      document.finish();
    }

    assertThat(capture.text().replace("\n", ""))
        .isEqualTo(
            "[{\"statement\":2,\"rows\":[{\"a\":1}]},{\"statement\":3,\"plan\":{\"p\":1}},"
                + "{\"statement\":4,\"rows\":[]}]");
  }

  @Test
  void aJsonDocumentIsCompleteIfTheRowsOfAStatementCannotBeRead() {
    try (JsonDocument document = new JsonDocument(capture.pipe())) {
      document.addRows(1, List.of("n"), failingAfter(2));
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("no more");
    }

    assertThat(capture.text().replace("\n", ""))
        .isEqualTo("[{\"statement\":1,\"rows\":[{\"n\":1},{\"n\":2}]}]");
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
  void cutsTextBeforeNumbers() {
    TablePrinter printer = new TablePrinter(capture.terminal(31));
    printer.print(
        List.of("text", "n"),
        List.of(row("x".repeat(16), new NumberText("12345678901234567890"))).iterator());

    assertThat(capture.text().lines().toList().get(2)).isEqualTo(" xxxxx… │ 12345678901234567890");
  }

  @Test
  void roundsFloatingPointNumbersForPeopleOnly() {
    Object[] numbers = {
      new NumberText("433.71526"),
      new NumberText("0.9088485"),
      new NumberText("1234567.123456"),
      new NumberText("1.5e-20"),
      new NumberText("1.23456789e-20"),
      new NumberText("00042"),
      new BigDecimal("1.1234567"),
      0.1 + 0.2
    };
    List<List<Object>> rows = Stream.of(numbers).map(RowPrinterTest::row).toList();
    RowFormat.TABLE.on(capture.pipe()).print(List.of("n"), rows.iterator());

    assertThat(capture.text().lines().skip(2).map(String::strip))
        .containsExactly(
            "433.7153",
            "0.9088",
            "1234567.1235",
            "1.5e-20",
            "1.235e-20",
            "00042",
            "1.1234567",
            "0.3");
  }

  @Test
  void printsOneLinePerValueIfRowsAreWiderThanTheTerminal() {
    TablePrinter printer = new TablePrinter(capture.terminal(40));
    List<String> columns = IntStream.range(0, 6).mapToObj(i -> "column" + i).toList();
    printer.print(
        columns, List.of(row("word ".repeat(9).strip(), 1, null, "a", "b", "c")).iterator());

    assertThat(capture.text().lines())
        .containsExactly(
            "── row 1 ──",
            " column0 │ word word word word word",
            "         │ word word word word",
            " column1 │ 1",
            " column2 │ NULL",
            " column3 │ a",
            " column4 │ b",
            " column5 │ c");
  }

  @Test
  void wrapsLongTextOfDetails() {
    new TablePrinter(capture.terminal(24), TablePrinter.Layout.WRAPPED)
        .print(List.of("p", "v"), List.of(row("classes", "cat, dog, bird, cow")).iterator());

    assertThat(capture.text().lines().skip(2))
        .containsExactly(" classes │ cat, dog,", "         │ bird, cow");
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
  void stopsIfTheReaderClosesThePipe() {
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
