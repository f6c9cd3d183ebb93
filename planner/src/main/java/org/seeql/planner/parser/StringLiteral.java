package org.seeql.planner.parser;

/** Decodes strings as MySQL does. */
final class StringLiteral {
  private StringLiteral() {}

  /**
   * What a string stands for.
   *
   * @param literal with its quotes, single or double
   */
  static String decode(String literal) {
    char quote = literal.charAt(0);
    StringBuilder decoded = new StringBuilder(literal.length());
    int end = literal.length() - 1;
    for (int i = 1; i < end; i++) {
      char c = literal.charAt(i);
      if (c == quote) {
        i++; // doubled
        decoded.append(quote);
      } else if (c == '\\') {
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
      case '%' -> "\\%"; // patterns keep theirs
      case '_' -> "\\_";
      default -> String.valueOf(c);
    };
  }
}
