package org.seeql.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/** One JSON array a query, one object a row and line. */
final class JsonPrinter implements RowPrinter {
  private final JsonFactory json =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  private final PrintStream out;

  JsonPrinter(Channel channel) {
    this.out = channel.stream();
  }

  @Override
  public long print(List<String> columns, Iterator<List<Object>> rows) {
    out.print("[");
    long count = 0;
    while (rows.hasNext() && !out.checkError()) {
      out.print(count == 0 ? "\n" : ",\n");
      out.print(object(columns, rows.next()));
      count++;
    }
    out.print(count == 0 ? "]\n" : "\n]\n");
    out.flush();
    return count;
  }

  private String object(List<String> columns, List<Object> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(text)) {
      generator.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        generator.writeFieldName(columns.get(i));
        writeValue(generator, row.get(i));
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeValue(JsonGenerator generator, Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Number number) {
      generator.writeNumber(new BigDecimal(number.toString()));
    } else {
      generator.writeString(CellText.of(value));
    }
  }
}
