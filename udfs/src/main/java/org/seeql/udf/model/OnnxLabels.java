package org.seeql.udf.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses the labels that Ultralytics writes into an ONNX file, as the Python literal of a
 * dictionary or a list: <code>{0: 'person', 1: 'bicycle'}</code>.
 */
final class OnnxLabels {
  private final String literal;
  private final List<String> labels = new ArrayList<>();
  private int at;

  private OnnxLabels(String literal) {
    this.literal = literal;
  }

  /** The labels by class id; empty if the text has a different form. */
  static List<String> parse(String literal) {
    OnnxLabels parser = new OnnxLabels(literal);
    return parser.parse() ? parser.labels : List.of();
  }

  private boolean parse() {
    String key = "";
    while (at < literal.length()) {
      char c = literal.charAt(at);
      if (c == '\'' || c == '"') {
        if (!key.isEmpty() && !key.equals(String.valueOf(labels.size()))) {
          return false;
        }
        key = "";
        if (!string(c)) {
          return false;
        }
      } else if (c >= '0' && c <= '9') {
        int start = at;
        while (at < literal.length() && literal.charAt(at) >= '0' && literal.charAt(at) <= '9') {
          at++;
        }
        key = literal.substring(start, at);
      } else {
        if (c != ':' && !Character.isWhitespace(c)) {
          key = "";
        }
        at++;
      }
    }
    return true;
  }

  /** Consumes the string at the cursor, of any length; false if it does not end. */
  private boolean string(char quote) {
    StringBuilder label = new StringBuilder();
    for (at++; at < literal.length(); at++) {
      char c = literal.charAt(at);
      if (c == quote) {
        at++;
        labels.add(label.toString());
        return true;
      }
      if (c == '\\' && at + 1 < literal.length()) {
        at++;
      }
      label.append(literal.charAt(at));
    }
    return false;
  }
}
