package org.seeql.datasets.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;

/** Copies JSON values as text, without whitespace. The digits of numbers are unchanged. */
final class JsonCopy {

  /** The smallest packet limit of a server, less room for the rest of the row. */
  static final int MAX_CHARACTERS = 12 << 20;

  private final StringBuilder text = new StringBuilder();
  private boolean hasNonNumbers;
  private boolean hasHalfPairs;
  private boolean isTooLong;

  /** Whether there was a NaN or an infinity, which JSON does not define. */
  boolean hasNonNumbers() {
    return hasNonNumbers;
  }

  /** Whether there was an unpaired surrogate, which is not a character. */
  boolean hasHalfPairs() {
    return hasHalfPairs;
  }

  /** Whether the text was truncated. */
  boolean isTooLong() {
    return isTooLong;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  String text() {
    return text.toString();
  }

  /** Appends a field to the text of an object that is not ended yet. */
  void field(String name, JsonParser json) throws IOException {
    text.append(text.isEmpty() ? '{' : ',');
    string(name);
    text.append(':');
    value(json);
  }

  void endObject() {
    text.append('}');
  }

  /**
   * Appends the value at the parser's position, and leaves the parser at the value's last token.
   */
  void value(JsonParser json) throws IOException {
    int depth = 0;
    boolean first = true;
    JsonToken token = json.currentToken();
    do {
      if (token.isStructEnd()) {
        depth--;
      } else if (!first) {
        text.append(',');
      }
      first = token.isStructStart() || token == JsonToken.FIELD_NAME;
      append(token, json);
      if (token.isStructStart()) {
        depth++;
      }
      if (text.length() > MAX_CHARACTERS) {
        isTooLong = true;
        text.setLength(1);
      }
      if (depth > 0) {
        token = json.nextToken();
      } else {
        token = null;
      }
    } while (token != null);
  }

  private void append(JsonToken token, JsonParser json) throws IOException {
    switch (token) {
      case FIELD_NAME -> {
        string(json.currentName());
        text.append(':');
      }
      case VALUE_STRING -> string(json.getText());
      case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> {
        hasNonNumbers |= json.isNaN();
        text.append(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
      }
      default -> text.append(token.asString());
    }
  }

  static boolean hasHalfPair(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private void string(String value) {
    hasHalfPairs |= hasHalfPair(value);
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }
}
