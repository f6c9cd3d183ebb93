package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.SqlMode.Flag;

/**
 * Splits a text into tokens by the rules of MySQL. Strings have either kind of quote, with doubled
 * quotes and backslash escapes. Names may have backquotes, and the three kinds of comments are
 * skipped. {@code sql_mode} changes these rules, and a SET in the text changes the mode.
 */
final class Tokenizer {
  /** Ends a statement like a semicolon, and requests one line per value. */
  static final String VERTICAL_END = "\\G";

  private final String text;
  private final SqlModeTracker modes;
  private final List<Token> tokens = new ArrayList<>();
  private final List<Integer> unknownModes = new ArrayList<>();
  private SqlMode mode;
  private int at;

  private Tokenizer(SourceText source, SqlMode mode) {
    this.text = source.text();
    this.modes = new SqlModeTracker(source, mode);
    this.mode = mode;
  }

  /** All tokens in the default mode. */
  static List<Token> tokens(String text) {
    return tokens(text, SqlMode.DEFAULT);
  }

  /**
   * All tokens; the last is always an {@link Kind#END}.
   *
   * @param mode of the session when the text starts
   */
  static List<Token> tokens(String text, SqlMode mode) {
    return read(new SourceText(text), mode).tokens;
  }

  /** A tokenizer that has read the whole text. */
  static Tokenizer read(SourceText source, SqlMode mode) {
    Tokenizer tokenizer = new Tokenizer(source, mode);
    tokenizer.readAll();
    return tokenizer;
  }

  List<Token> tokens() {
    return tokens;
  }

  /** Offsets where statements set the mode to a value that only the database knows. */
  List<Integer> unknownModes() {
    return unknownModes;
  }

  private void readAll() {
    int lastEnd = 0;
    int statement = 0;
    for (Optional<Token> next = next(); next.isPresent(); next = next()) {
      tokens.add(next.get());
      lastEnd = next.get().end();
      if (next.get().is(Kind.END)) {
        modes.look(tokens.subList(statement, tokens.size() - 1)).ifPresent(unknownModes::add);
        mode = modes.current();
        statement = tokens.size();
      }
    }
    tokens.add(new Token(Kind.END, lastEnd, lastEnd, mode));
  }

  private Optional<Token> next() {
    while (at < text.length()) {
      int start = at;
      if (isBlank(text.charAt(at))) {
        at++;
      } else if (startsLineComment()) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        at = end < 0 ? text.length() : end + 2;
        if (end < 0) {
          return Optional.of(new Token(Kind.UNTERMINATED, start, at, mode));
        }
      } else {
        Kind kind = read(text.charAt(at));
        return Optional.of(new Token(kind, start, at, mode));
      }
    }
    return Optional.empty();
  }

  /** Advances past the token that starts here. */
  private Kind read(char first) {
    if (first == '`' || (first == '"' && mode.has(Flag.ANSI_QUOTES))) {
      return readQuoted(first, Kind.QUOTED_NAME);
    }
    if (first == '\'' || first == '"') {
      return readQuoted(first, Kind.STRING);
    }
    if (first == '@') {
      return readVariable();
    }
    if (isDigit(at) || (first == '.' && isDigit(at + 1))) {
      return readNumberOrName(first);
    }
    int wordEnd = wordEnd(at);
    if (wordEnd > at) {
      at = wordEnd;
      return Kind.WORD;
    }
    if (text.startsWith(VERTICAL_END, at)) {
      at += VERTICAL_END.length();
      return Kind.END;
    }
    at += Character.charCount(text.codePointAt(at));
    return first == ';' ? Kind.END : Kind.MARK;
  }

  private Kind readQuoted(char quote, Kind kind) {
    boolean escapes = kind == Kind.STRING && !mode.has(Flag.NO_BACKSLASH_ESCAPES);
    at++;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && escapes) {
        at += 2;
      } else if (c != quote) {
        at++;
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        at += 2;
      } else {
        at++;
        return kind;
      }
    }
    at = text.length();
    return Kind.UNTERMINATED;
  }

  private Kind readVariable() {
    at++;
    boolean ofServer = at < text.length() && text.charAt(at) == '@';
    if (ofServer) {
      at++;
    }
    int end = wordEnd(at);
    while (!ofServer && end < text.length() && text.charAt(end) == '.') {
      end = wordEnd(end + 1); // the name of a user variable may contain dots
    }
    if (end == at) {
      return Kind.MARK; // @'name' and @`name`: the quoted name is a separate token
    }
    at = end;
    return Kind.VARIABLE;
  }

  /** After a dot, or when letters follow, digits are part of a name: {@code db.2020_images}. */
  private Kind readNumberOrName(char first) {
    char before = at > 0 ? text.charAt(at - 1) : ' ';
    if (first == '.' && (isWordPart(before) || before == '`')) {
      at++;
      return Kind.MARK;
    }
    int numberEnd = numberEnd(at);
    int wordEnd = wordEnd(at);
    boolean isName = first != '.' && (before == '.' || wordEnd > numberEnd);
    at = isName ? wordEnd : numberEnd;
    return isName ? Kind.WORD : Kind.NUMBER;
  }

  private int numberEnd(int from) {
    int end = digitsEnd(from);
    if (end < text.length() && text.charAt(end) == '.') {
      end = digitsEnd(end + 1);
    }
    return exponentEnd(end);
  }

  private int exponentEnd(int from) {
    if (from >= text.length() || (text.charAt(from) | 0x20) != 'e') {
      return from;
    }
    int digits = from + 1;
    if (digits < text.length() && (text.charAt(digits) == '-' || text.charAt(digits) == '+')) {
      digits++;
    }
    int end = digitsEnd(digits);
    return end > digits ? end : from;
  }

  private int digitsEnd(int from) {
    int end = from;
    while (isDigit(end)) {
      end++;
    }
    return end;
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < text.length() && isWordPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  /** MySQL's rule: {@code --} starts a comment if a space or a control character follows. */
  private boolean startsLineComment() {
    if (text.charAt(at) == '#') {
      return true;
    }
    return text.startsWith("--", at) && (at + 2 >= text.length() || isBlank(text.charAt(at + 2)));
  }

  static boolean isWordPart(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || codePoint == '_'
        || codePoint == '$'
        || Character.getType(codePoint) == Character.NON_SPACING_MARK;
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == 0x7f;
  }
}
