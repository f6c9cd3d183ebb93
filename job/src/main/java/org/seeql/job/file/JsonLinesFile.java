package org.seeql.job.file;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One JSON object per line. Numbers keep all their digits, JSON documents are nested, and bytes are
 * hexadecimal digits.
 */
final class JsonLinesFile implements RowFile {
  private static final Pattern LEADING_ZEROS = Pattern.compile("^(-?)0+(?=\\d)");

  private final List<FileColumn> columns;
  private final JsonGenerator json;

  JsonLinesFile(OutputStream out, List<FileColumn> columns) throws IOException {
    this.columns = List.copyOf(columns);
    this.json =
        new JsonFactory()
            .createGenerator(out, JsonEncoding.UTF8)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .setPrettyPrinter(new MinimalPrettyPrinter("\n"));
  }

  @Override
  public void write(List<?> cells) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < columns.size(); i++) {
      json.writeFieldName(columns.get(i).name());
      writeValue(columns.get(i).kind(), cells.get(i));
    }
    json.writeEndObject();
  }

  private void writeValue(FileColumn.Kind kind, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Number number) {
      // JSON does not allow leading zeros, which ZEROFILL and YEAR values have.
      json.writeNumber(LEADING_ZEROS.matcher(number.toString()).replaceFirst("$1"));
    } else if (value instanceof byte[] bytes) {
      json.writeString(HexFormat.of().formatHex(bytes));
    } else if (kind == FileColumn.Kind.JSON) {
      // Line breaks in a document can only separate its tokens.
      json.writeRawValue(value.toString().replace('\n', ' ').replace('\r', ' '));
    } else {
      json.writeString(value.toString());
    }
  }

  @Override
  public void close() throws IOException {
    json.writeRaw('\n');
    json.close();
  }
}
