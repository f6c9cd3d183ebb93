package org.seeql.planner.parser;

import java.util.List;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlMode.Flag;

/** Iterates over the tokens of one statement and creates the errors for unexpected tokens. */
final class TokenCursor {
  private final SourceText source;
  private final List<Token> tokens;
  private final String whole;
  private int at;

  /**
   * @param tokens of one statement; the last is the END
   */
  TokenCursor(SourceText source, List<Token> tokens) {
    this(source, tokens, "statement");
  }

  /**
   * @param whole name of the construct that the tokens form, for messages
   */
  TokenCursor(SourceText source, List<Token> tokens, String whole) {
    this.source = source;
    this.tokens = tokens;
    this.whole = whole;
  }

  SourceText source() {
    return source;
  }

  Token peek() {
    return peek(0);
  }

  /** The token {@code ahead} positions after the current one; the END beyond the last. */
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  /** The token that was consumed last. */
  Token previous() {
    return tokens.get(at - 1);
  }

  boolean isWord(String keyword) {
    return isWord(0, keyword);
  }

  boolean isWord(int ahead, String keyword) {
    return source.isWord(peek(ahead), keyword);
  }

  boolean isAnyWord(List<String> keywords) {
    return isAnyWord(0, keywords);
  }

  boolean isAnyWord(int ahead, List<String> keywords) {
    return keywords.stream().anyMatch(keyword -> isWord(ahead, keyword));
  }

  boolean isMark(char mark) {
    return isMark(0, mark);
  }

  boolean isMark(int ahead, char mark) {
    return source.isMark(peek(ahead), mark);
  }

  boolean isEnd() {
    return peek().is(Kind.END);
  }

  boolean acceptWord(String keyword) {
    if (isWord(keyword)) {
      next();
      return true;
    }
    return false;
  }

  boolean acceptMark(char mark) {
    if (isMark(mark)) {
      next();
      return true;
    }
    return false;
  }

  void expectWord(String keyword) {
    if (!acceptWord(keyword)) {
      throw unexpected(List.of(keyword));
    }
  }

  void expectMark(char mark) {
    if (!acceptMark(mark)) {
      throw unexpected(List.of("'" + mark + "'"));
    }
  }

  /** Refuses any further token. */
  void expectEnd(List<String> orElse) {
    if (!isEnd()) {
      List<String> expected = new java.util.ArrayList<>(orElse);
      expected.add("the end of the " + whole);
      throw unexpected(expected);
    }
  }

  SourcePosition position() {
    return source.position(peek().start());
  }

  /** The text as written from one token to another, inclusive. */
  String slice(Token first, Token last) {
    return source.text().substring(first.start(), last.end());
  }

  /** The current position, for {@link #tidySlice}. */
  int mark() {
    return at;
  }

  /** The tokens since a mark as text on one line, without comments and redundant spaces. */
  String tidySlice(int mark) {
    StringBuilder text = new StringBuilder();
    for (int i = mark; i < at; i++) {
      Token token = tokens.get(i);
      boolean apart = i > mark && !tokens.get(i - 1).touches(token);
      if (apart && !isAny(tokens.get(i - 1), "([") && !isAny(token, ")],")) {
        text.append(' ');
      }
      text.append(source.text(token));
    }
    return text.toString();
  }

  private boolean isAny(Token token, String marks) {
    return token.is(Kind.MARK) && marks.indexOf(source.text().charAt(token.start())) >= 0;
  }

  /** The error for the current token. */
  SqlSyntaxException unexpected(List<String> expected) {
    Token token = peek();
    return switch (token.kind()) {
      case END -> error(token, "The " + whole + " ends too early", expected);
      case UNTERMINATED -> unterminated(token);
      default -> error(token, "Unexpected " + shown(token), expected);
    };
  }

  SqlSyntaxException unterminated(Token token) {
    String what =
        switch (source.text().charAt(token.start())) {
          case '`' -> "quoted name";
          case '"' -> token.mode().has(Flag.ANSI_QUOTES) ? "quoted name" : "string";
          case '/' -> "comment";
          default -> "string";
        };
    return error(token, "The " + what + " that starts here is not terminated", List.of());
  }

  SqlSyntaxException error(Token token, String problem, List<String> expected) {
    return source.error(token.start(), problem, expected);
  }

  private String shown(Token token) {
    String text = source.text(token).replaceAll("\\s+", " ");
    return text.length() > 40 ? text.substring(0, 39) + "…" : text;
  }
}
