package org.seeql.planner.option;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list of names in one text, separated by commas. A name in double quotes can contain commas and
 * spaces at its ends; a double quote in it is written twice, as in CSV.
 */
final class QuotedNames {
  private static final char QUOTE = '"';

  private QuotedNames() {}

  /**
   * Splits a text. Names without quotes have no spaces at their ends.
   *
   * @throws IllegalArgumentException if a quote is not closed, or text follows a closing quote
   */
  static List<String> parse(String text) {
    List<String> names = new ArrayList<>();
    int position = 0;
    do {
      int start = afterSpaces(text, position);
      if (start < text.length() && text.charAt(start) == QUOTE) {
        StringBuilder name = new StringBuilder();
        position = afterSpaces(text, readQuoted(text, start + 1, name));
        if (position < text.length() && text.charAt(position) != ',') {
          throw new IllegalArgumentException("text follows a closing quote");
        }
        names.add(name.toString());
      } else {
        int comma = text.indexOf(',', start);
        position = comma < 0 ? text.length() : comma;
        names.add(text.substring(start, position).strip());
      }
      position++;
    } while (position <= text.length());
    return names;
  }

  /** The inverse of {@link #parse}. */
  static String format(List<String> names) {
    return names.stream().map(QuotedNames::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String name) {
    boolean plain = name.indexOf(',') < 0 && name.indexOf(QUOTE) != 0 && name.strip().equals(name);
    return plain ? name : QUOTE + name.replace("\"", "\"\"") + QUOTE;
  }

  private static int afterSpaces(String text, int position) {
    int next = position;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next;
  }

  /** Returns the position after the closing quote. */
  private static int readQuoted(String text, int start, StringBuilder name) {
    int next = start;
    while (next < text.length()) {
      char character = text.charAt(next++);
      if (character != QUOTE) {
        name.append(character);
      } else if (next < text.length() && text.charAt(next) == QUOTE) {
        name.append(QUOTE);
        next++;
      } else {
        return next;
      }
    }
    throw new IllegalArgumentException("a quote is not closed");
  }
}
