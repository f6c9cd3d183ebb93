package org.seeql.udf.model;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.model.TorchScriptToken.Kind;

/**
 * Splits serialized TorchScript code into tokens by PyTorch's rules. A name inside a string or a
 * comment is never treated as code, and code is never treated as a string.
 *
 * @see <a
 *     href="https://github.com/pytorch/pytorch/blob/v2.7.1/torch/csrc/jit/frontend/lexer.h">PyTorch's
 *     lexer</a>
 */
final class TorchScriptLexer {
  private static final String TYPE_COMMENT = "# type:";

  private final String code;
  private final List<TorchScriptToken> tokens = new ArrayList<>();
  private int at;

  private TorchScriptLexer(String code) {
    this.code = code;
  }

  /**
   * The tokens of the code; adjacent strings are joined, as in PyTorch's parser.
   *
   * @throws IllegalArgumentException if a string does not end
   */
  static List<TorchScriptToken> tokens(String code) {
    TorchScriptLexer lexer = new TorchScriptLexer(code);
    while (lexer.at < code.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = code.charAt(at);
    if (c == '#') {
      comment();
    } else if (c == '"' || c == '\'') {
      string(c);
    } else if (isNameStart(c)) {
      int start = at;
      while (at < code.length() && isNamePart(code.charAt(at))) {
        at++;
      }
      add(Kind.NAME, code.substring(start, at));
    } else if (isDigit(c)) {
      number();
    } else {
      at++;
      if (!Character.isWhitespace(c) && c != '\\') {
        add(Kind.OPERATOR, String.valueOf(c));
      }
    }
  }

  /** PyTorch parses a type comment as code. */
  private void comment() {
    if (code.startsWith(TYPE_COMMENT, at)) {
      at += TYPE_COMMENT.length();
      return;
    }
    while (at < code.length() && code.charAt(at) != '\n') {
      at++;
    }
  }

  private void string(char quote) {
    int quotes = code.startsWith(String.valueOf(quote).repeat(3), at) ? 3 : 1;
    String end = String.valueOf(quote).repeat(quotes);
    at += quotes;
    int start = at;
    boolean escaped = false;
    while (!code.startsWith(end, at)) {
      if (at >= code.length() || (quotes == 1 && code.charAt(at) == '\n')) {
        throw new IllegalArgumentException("a string in its code is not closed");
      }
      if (code.charAt(at) == '\\') {
        escaped = true;
        at++;
      }
      at++;
    }
    add(escaped ? Kind.ESCAPED_STRING : Kind.STRING, code.substring(start, at));
    at += quotes;
  }

  /** A dot after digits is part of the number: {@code 20.} is a float. */
  private void number() {
    int start = at;
    skipDigits();
    if (at < code.length() && code.charAt(at) == '.') {
      at++;
      skipDigits();
    }
    add(Kind.NUMBER, code.substring(start, at));
  }

  private void skipDigits() {
    while (at < code.length() && isDigit(code.charAt(at))) {
      at++;
    }
  }

  private void add(Kind kind, String text) {
    int last = tokens.size() - 1;
    boolean string = kind == Kind.STRING || kind == Kind.ESCAPED_STRING;
    if (string && last >= 0 && tokens.get(last).isString()) {
      TorchScriptToken before = tokens.remove(last);
      Kind joined = before.kind() == Kind.ESCAPED_STRING ? before.kind() : kind;
      tokens.add(new TorchScriptToken(joined, before.text() + text));
    } else {
      tokens.add(new TorchScriptToken(kind, text));
    }
  }

  private static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
