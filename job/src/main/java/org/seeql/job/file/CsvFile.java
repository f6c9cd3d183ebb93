package org.seeql.job.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.HexFormat;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) with a header, as {@code seeql run --format csv} prints them:
 * NULL is an empty cell, an empty text a pair of quotes, and bytes are hexadecimal digits.
 */
final class CsvFile implements RowFile {
  private static final String LINE_END = "\r\n";

  private final Writer out;

  CsvFile(OutputStream out, List<FileColumn> columns) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
    writeLine(columns.stream().map(FileColumn::name).toList());
  }

  @Override
  public void write(List<?> cells) throws IOException {
    writeLine(cells);
  }

  private void writeLine(List<?> cells) throws IOException {
    // Readers skip an empty line, so a single NULL is a pair of quotes, too.
    if (cells.size() == 1 && cells.get(0) == null) {
      out.write("\"\"");
    }
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      writeCell(cells.get(i));
    }
    out.write(LINE_END);
  }

  private void writeCell(Object value) throws IOException {
    if (value == null) {
      return;
    }
    String text =
        value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    boolean isPlain =
        !text.isEmpty()
            && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
            && text.length() == text.strip().length();
    out.write(isPlain ? text : '"' + text.replace("\"", "\"\"") + '"');
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }
}
