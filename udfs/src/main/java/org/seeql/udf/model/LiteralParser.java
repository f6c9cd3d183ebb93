package org.seeql.udf.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses a literal as exporters write it into a model's file: of Python, such as <code>
 * {0: 'person'}</code> or <code>[640, 640]</code>, or of JSON. Strings become {@link String}, maps
 * {@link Map}, lists and tuples {@link List}; the text of numbers and names is kept.
 */
final class LiteralParser {
  private static final int MAX_DEPTH = 16;

  private final String text;
  private int at;

  private LiteralParser(String text) {
    this.text = text;
  }

  /** The value; empty if the text is not a literal. */
  static Optional<Object> parse(String text) {
    LiteralParser parser = new LiteralParser(text);
    try {
      Object value = parser.value(0);
      parser.skipSpaces();
      return parser.at == text.length() ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Object value(int depth) {
    skipSpaces();
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested too deeply");
    }
    return switch (peek()) {
      case '{' -> map(depth);
      case '[' -> list(']', depth);
      case '(' -> list(')', depth);
      case '\'', '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    at++;
    for (skipSpaces(); peek() != '}'; skipSeparator('}')) {
      String key = value(depth + 1).toString();
      skipSpaces();
      expect(':');
      map.put(key, value(depth + 1));
    }
    at++;
    return map;
  }

  private List<Object> list(char end, int depth) {
    List<Object> list = new ArrayList<>();
    at++;
    for (skipSpaces(); peek() != end; skipSeparator(end)) {
      list.add(value(depth + 1));
    }
    at++;
    return list;
  }

  /** A string of any length. */
  private String string() {
    StringBuilder string = new StringBuilder();
    char quote = peek();
    for (at++; peek() != quote; at++) {
      if (peek() == '\\') {
        at++;
        string.append(escaped());
      } else {
        string.append(peek());
      }
    }
    at++;
    return string.toString();
  }

  /** The character of an escape sequence, whose last character is not consumed. */
  private char escaped() {
    char c = peek();
    if (c == 'u') {
      String code = text.substring(at + 1, Math.min(text.length(), at + 5));
      at += 4;
      return (char) Integer.parseInt(code, 16);
    }
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> c;
    };
  }

  /** A number, {@code True}, {@code null} or the like. */
  private String word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(peek()) || "+-._".indexOf(peek()) >= 0)) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("unexpected " + peek());
    }
    return text.substring(start, at);
  }

  private void skipSeparator(char end) {
    skipSpaces();
    if (peek() != end) {
      expect(',');
      skipSpaces();
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalArgumentException("expected " + c);
    }
    at++;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new IllegalArgumentException("unexpected end");
    }
    return text.charAt(at);
  }
}
