package org.seeql.job.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes values of JSON columns. */
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** The text that a body writes. */
  static String of(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** An array with an object for each item. */
  static <T> String objects(List<T> items, Fields<T> fields) {
    return of(
        json -> {
          json.writeStartArray();
          for (T item : items) {
            json.writeStartObject();
            fields.write(json, item);
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** An array of numbers. */
  static String numbers(float[] values) {
    return of(
        json -> {
          json.writeStartArray();
          for (float value : values) {
            json.writeNumber(value);
          }
          json.writeEndArray();
        });
  }

  /** Writes the fields of an item. */
  interface Fields<T> {
    void write(JsonGenerator json, T item) throws IOException;
  }

  /** Writes one value. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }
}
