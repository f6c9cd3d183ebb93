package org.seeql.planner.parser;

import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.SqlMode.Flag;

/** Decodes string literals by the rules of MySQL. */
final class StringLiteral {
  private StringLiteral() {}

  /**
   * Whether a token may be text where only text is valid. A name in double quotes under {@code
   * ANSI_QUOTES} also counts as text there.
   */
  static boolean isText(SourceText source, Token token) {
    return token.is(Kind.STRING)
        || (token.is(Kind.QUOTED_NAME) && source.text().charAt(token.start()) == '"');
  }

  /** The value of a token that {@link #isText may be text}. */
  static String decode(SourceText source, Token token) {
    boolean escapes = token.is(Kind.STRING) && !token.mode().has(Flag.NO_BACKSLASH_ESCAPES);
    return decode(source.text(token), escapes);
  }

  private static String decode(String literal, boolean escapes) {
    char quote = literal.charAt(0);
    StringBuilder decoded = new StringBuilder(literal.length());
    int end = literal.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = literal.charAt(i);
      if (c == quote) {
        i++; // doubled quote
        decoded.append(quote);
      } else if (c == '\\' && escapes) {
        i++;
        decoded.append(escaped(literal.charAt(i)));
      } else {
        decoded.append(c);
      }
    }
    return decoded.toString();
  }

  private static String escaped(char c) {
    return switch (c) {
      case '0' -> "\0";
      case 'b' -> "\b";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'Z' -> "\032"; // Control+Z, which ends a file on Windows
      case '%' -> "\\%"; // patterns keep their backslash
      case '_' -> "\\_";
      default -> String.valueOf(c);
    };
  }
}
