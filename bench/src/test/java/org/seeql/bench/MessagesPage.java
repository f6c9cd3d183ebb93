package org.seeql.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The messages of docs/errors.md: code spans in the columns "message" and "reason" of its tables.
 * In a message, {@code ‹…›} and {@code …} stand for parts that vary.
 */
final class MessagesPage {
  private static final Pattern SPAN = Pattern.compile("`` ?(.+?) ?``(?!`)|`([^`]+)`");
  private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
  // shorter code spans are values, such as the name of an option
  private static final int SHORTEST_MESSAGE = 20;

  private final List<String> messages;
  private final String text;

  private MessagesPage(List<String> messages, String text) {
    this.messages = List.copyOf(messages);
    this.text = text;
  }

  static MessagesPage parse(String markdown) {
    List<String> messages = new ArrayList<>();
    List<String> header = List.of();
    for (String line : markdown.lines().toList()) {
      List<String> cells = cells(line);
      if (header.isEmpty() || cells.isEmpty()) {
        header = cells;
      }
      for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
        if (header.get(i).equals("message") || header.get(i).equals("reason")) {
          messages.addAll(spans(cells.get(i)));
        }
      }
    }
    return new MessagesPage(
        messages.stream().filter(message -> message.length() >= SHORTEST_MESSAGE).toList(),
        MessageParts.join(markdown.replace("\\|", "|")));
  }

  List<String> messages() {
    return messages;
  }

  /** Whether the longest constant part of a message is on the page. */
  boolean describes(String message) {
    return text.contains(MessageParts.longest(message));
  }

  private static List<String> cells(String line) {
    if (!line.startsWith("|")) {
      return List.of();
    }
    List<String> cells = new ArrayList<>();
    for (String cell : CELL_END.split(line.substring(1))) {
      cells.add(cell.strip());
    }
    return cells;
  }

  private static List<String> spans(String cell) {
    List<String> spans = new ArrayList<>();
    Matcher span = SPAN.matcher(cell);
    while (span.find()) {
      spans.add((span.group(1) == null ? span.group(2) : span.group(1)).replace("\\|", "|"));
    }
    return spans;
  }
}
