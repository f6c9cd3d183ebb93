package org.seeql.planner.parser;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * SQL in a spelling that JSqlParser takes: no comments, no escapes, plain letters, and MySQL's own
 * operators replaced by others of the same rank. Every token keeps its place; all is one line.
 */
final class JSqlSpelling {
  private static final Map<String, String> OPERATORS =
      Map.of("DIV", "/", "MOD", "%", "XOR", "OR", "RLIKE", "LIKE", "REGEXP", "LIKE");

  private JSqlSpelling() {}

  static String of(SourceText source, List<Token> tokens) {
    int start = tokens.get(0).start();
    char[] sql = new char[tokens.get(tokens.size() - 1).end() - start];
    Arrays.fill(sql, ' ');
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean call = i + 1 < tokens.size() && source.isMark(tokens.get(i + 1), '(');
      String spelled = spelled(source, token, call);
      spelled.getChars(0, spelled.length(), sql, token.start() - start);
      if (source.isMark(token, ':') && i + 1 < tokens.size()) {
        boolean assigns = source.isMark(tokens.get(i + 1), '=');
        sql[token.start() - start] = assigns ? ' ' : ':';
      }
    }
    return new String(sql);
  }

  private static String spelled(SourceText source, Token token, boolean call) {
    String text = source.text(token);
    return switch (token.kind()) {
      case STRING -> "'" + "s".repeat(text.length() - 2) + "'";
      case QUOTED_NAME -> "`" + plain(text.substring(1, text.length() - 1)) + "`";
      case VARIABLE -> "v".repeat(text.length());
      case WORD -> word(text, call);
      default -> plain(text);
    };
  }

  private static String word(String text, boolean call) {
    String operator = OPERATORS.get(text.toUpperCase(Locale.ROOT));
    if (operator != null && !call) {
      return operator;
    }
    boolean number = text.startsWith("0x") || text.startsWith("0b");
    return Character.isDigit(text.charAt(0)) && !number
        ? "n" + plain(text).substring(1)
        : plain(text);
  }

  /** Letters beyond ASCII as x. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c < ' ' || c > '~' || c == '`' ? 'x' : c);
    }
    return plain.toString();
  }
}
