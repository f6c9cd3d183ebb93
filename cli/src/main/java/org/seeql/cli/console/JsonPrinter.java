package org.seeql.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One JSON array for each query, one object per row, each on its own line. If a row cannot be read,
 * the array is closed after the last row and the exception is passed on. If the first row cannot be
 * read, nothing is printed.
 */
final class JsonPrinter implements RowPrinter {
  private static final Pattern LEADING_ZEROS = Pattern.compile("^(-?)0+(?=\\d)");

  private static final JsonFactory JSON = new JsonFactory();

  private final PrintStream out;

  JsonPrinter(Channel channel) {
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    long count = 0;
    try {
      while (rows.hasNext() && !out.checkError()) {
        String object = object(columns, rows.next());
        out.print((count == 0 ? "[\n" : ",\n") + object);
        count++;
      }
    } catch (RuntimeException | Error e) {
      if (count > 0) {
        out.print("\n]\n");
        out.flush();
      }
      throw e;
    }
    out.print(count == 0 ? "[]\n" : "\n]\n");
    out.flush();
    return count;
  }

  /** A row as an object, without a line end. */
  static String object(List<String> columns, List<Object> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        generator.writeFieldName(columns.get(i));
        writeValue(generator, row.get(i));
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return escaped(text.toString());
  }

  private static void writeValue(JsonGenerator generator, Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Number number) {
      // JSON does not allow leading zeros, which ZEROFILL and YEAR values have
      generator.writeNumber(LEADING_ZEROS.matcher(CellText.of(number)).replaceFirst("$1"));
    } else {
      generator.writeString(CellText.of(value));
    }
  }

  /** Escapes unsafe characters that JSON allows unescaped but a terminal would interpret. */
  private static String escaped(String object) {
    if (object.chars().noneMatch(UnsafeText::isUnsafe)) {
      return object;
    }
    StringBuilder safe = new StringBuilder();
    object
        .chars()
        .forEach(
            c -> {
              if (UnsafeText.isUnsafe(c)) {
                safe.append(String.format("\\u%04x", c));
              } else {
                safe.append((char) c);
              }
            });
    return safe.toString();
  }
}
