package org.seeql.planner.parser;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seeql.planner.parser.Token.Kind;

/**
 * Rewrites SQL so that JSqlParser accepts it: without comments, escapes and non-ASCII characters.
 * MySQL's own keywords are replaced by others with the same grammar. Every token keeps its offset;
 * the result is one line.
 */
final class JSqlSpelling {
  private static final Map<String, String> KEYWORDS =
      Map.ofEntries(
          Map.entry("DIV", "/"),
          Map.entry("MOD", "%"),
          Map.entry("XOR", "OR"),
          Map.entry("RLIKE", "LIKE"),
          Map.entry("REGEXP", "LIKE"),
          Map.entry("DISTINCTROW", "DISTINCT"),
          Map.entry("HIGH_PRIORITY", ""),
          Map.entry("SQL_SMALL_RESULT", ""),
          Map.entry("SQL_BIG_RESULT", ""),
          Map.entry("SQL_BUFFER_RESULT", ""));

  private JSqlSpelling() {}

  /**
   * @param omitted indices of tokens that are replaced by spaces
   */
  static String of(SourceText source, List<Token> tokens, BitSet omitted) {
    int start = tokens.get(0).start();
    char[] sql = new char[tokens.get(tokens.size() - 1).end() - start];
    Arrays.fill(sql, ' ');
    for (int i = omitted.nextClearBit(0); i < tokens.size(); i = omitted.nextClearBit(i + 1)) {
      Token token = tokens.get(i);
      boolean call = i + 1 < tokens.size() && source.isMark(tokens.get(i + 1), '(');
      String spelled =
          isQualified(source, tokens, i)
              ? "x".repeat(token.end() - token.start())
              : spelled(source, token, call);
      spelled.getChars(0, spelled.length(), sql, token.start() - start);
      if (source.isMark(token, ':') && i + 1 < tokens.size()) {
        boolean assigns = source.isMark(tokens.get(i + 1), '=');
        sql[token.start() - start] = assigns ? ' ' : ':';
      }
    }
    return new String(sql);
  }

  /** A word next to a dot is a name, even if it is a keyword elsewhere. */
  private static boolean isQualified(SourceText source, List<Token> tokens, int index) {
    Token token = tokens.get(index);
    boolean before =
        index + 1 < tokens.size()
            && source.isMark(tokens.get(index + 1), '.')
            && token.touches(tokens.get(index + 1));
    boolean after = index > 0 && source.isMark(tokens.get(index - 1), '.');
    return token.is(Kind.WORD) && (before || after);
  }

  private static String spelled(SourceText source, Token token, boolean call) {
    String text = source.text(token);
    return switch (token.kind()) {
      case STRING -> "'" + "s".repeat(text.length() - 2) + "'";
      case QUOTED_NAME -> "`" + plain(text.substring(1, text.length() - 1)) + "`";
      case VARIABLE -> " " + "v".repeat(text.length() - 1);
      case WORD -> word(text, call);
      default -> plain(text);
    };
  }

  private static String word(String text, boolean call) {
    String keyword = KEYWORDS.get(text.toUpperCase(Locale.ROOT));
    if (keyword != null && !call) {
      return keyword;
    }
    boolean number = text.startsWith("0x") || text.startsWith("0b");
    return Character.isDigit(text.charAt(0)) && !number
        ? "n" + plain(text).substring(1)
        : plain(text);
  }

  /** Replaces letters outside ASCII with x. */
  private static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      plain.append(c < ' ' || c > '~' || c == '`' ? 'x' : c);
    }
    return plain.toString();
  }
}
