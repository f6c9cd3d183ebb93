package org.seeql.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Divides messages at the parts that vary: placeholders and numbers. */
final class MessageParts {
  // of a concatenation in a class file, of String.format, and numbers
  private static final Pattern VARIES =
      Pattern.compile("[\u0001\u0002]|%(?:\\d+\\$)?[-,.0-9]*[sdnxfgS]|…|\\d+(?:[.,]\\d+)*");

  private MessageParts() {}

  /** The constant parts of a message, in order. */
  static List<String> of(String message) {
    return Arrays.stream(VARIES.split(withoutPlaceholders(message)))
        .filter(part -> !part.isEmpty())
        .toList();
  }

  static String longest(String message) {
    return of(message).stream()
        .map(String::strip)
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  /** A text with each part that varies replaced by the same character. */
  static String join(String text) {
    return VARIES.matcher(withoutPlaceholders(text)).replaceAll("\u0001");
  }

  /** Replaces {@code ‹…›}, which can be nested. */
  private static String withoutPlaceholders(String text) {
    StringBuilder without = new StringBuilder();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '‹') {
        open.add(without.length());
      } else if (c == '›' && !open.isEmpty()) {
        without.setLength(open.remove(open.size() - 1));
        without.append('\u0001');
      } else {
        without.append(c);
      }
    }
    return without.toString();
  }
}
