package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import org.seeql.planner.parser.PredicateParser.Operators;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.predicate.Predicate;

/**
 * Parses a predicate outside SQL: {@code (person AND t-shirt) OR NOT "traffic light"}. Names may
 * contain hyphens, and any of the three quotes delimits a name. A quote inside a name is doubled.
 * There are no escapes and no comments. Pure and thread-safe.
 */
public final class StandalonePredicate {
  private final String text;
  private int at;

  private StandalonePredicate(String text) {
    this.text = text;
  }

  /**
   * Parses the whole text.
   *
   * @throws SqlSyntaxException for the first error
   */
  public static Predicate parse(String text) {
    TokenCursor cursor =
        new TokenCursor(new SourceText(text), new StandalonePredicate(text).tokens(), "predicate");
    Predicate predicate = new PredicateParser(cursor, Operators.ARE_RESERVED).parse();
    cursor.expectEnd(List.of("AND", "OR"));
    return predicate;
  }

  private List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    int lastEnd = 0;
    while (at < text.length()) {
      int start = at;
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        Kind kind = read();
        lastEnd = at;
        tokens.add(new Token(kind, start, at));
      }
    }
    tokens.add(new Token(Kind.END, lastEnd, lastEnd));
    return tokens;
  }

  private Kind read() {
    int first = text.codePointAt(at);
    if (first == '\'' || first == '"' || first == '`') {
      return readQuoted((char) first);
    }
    if (!isNameStart(first)) {
      at += Character.charCount(first);
      return Kind.MARK;
    }
    while (at < text.length() && (isNameStart(text.codePointAt(at)) || text.charAt(at) == '-')) {
      at += Character.charCount(text.codePointAt(at));
    }
    return Kind.WORD;
  }

  private Kind readQuoted(char quote) {
    for (at++; at < text.length(); at++) {
      if (text.charAt(at) == quote) {
        at++;
        if (at == text.length() || text.charAt(at) != quote) {
          return Kind.QUOTED_NAME;
        }
      }
    }
    return Kind.UNTERMINATED;
  }

  private static boolean isNameStart(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || codePoint == '_';
  }
}
