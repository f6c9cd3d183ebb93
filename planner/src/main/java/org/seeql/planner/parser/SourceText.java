package org.seeql.planner.parser;

import java.util.Arrays;
import java.util.List;
import org.seeql.planner.statement.SourcePosition;

/** A program's text, with conversion between offsets and positions. */
final class SourceText {
  private final String text;
  private final int[] lineStarts;

  SourceText(String text) {
    this.text = text;
    int[] starts = new int[16];
    int lines = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (lines == starts.length) {
        starts = Arrays.copyOf(starts, lines * 2);
      }
      starts[lines++] = i + 1;
    }
    lineStarts = Arrays.copyOf(starts, lines);
  }

  String text() {
    return text;
  }

  String text(Token token) {
    return text.substring(token.start(), token.end());
  }

  boolean isWord(Token token, String keyword) {
    return token.is(Token.Kind.WORD)
        && token.end() - token.start() == keyword.length()
        && text.regionMatches(true, token.start(), keyword, 0, keyword.length());
  }

  boolean isMark(Token token, char mark) {
    return token.is(Token.Kind.MARK) && text.charAt(token.start()) == mark;
  }

  SourcePosition position(int offset) {
    int line = line(offset);
    // a surrogate pair, such as an emoji, is one column
    return new SourcePosition(line + 1, text.codePointCount(lineStarts[line], offset) + 1);
  }

  /** The offset of a position in UTF-16 code units, counted from 1. */
  int offset(int start, int line, int column) {
    int from = line(start) + line - 1;
    int lineStart = line == 1 ? start : lineStarts[Math.min(from, lineStarts.length - 1)];
    return Math.min(lineStart + column - 1, text.length());
  }

  SqlSyntaxException error(int offset, String problem, List<String> expected) {
    int line = line(offset);
    int end = line + 1 < lineStarts.length ? lineStarts[line + 1] - 1 : text.length();
    if (end > lineStarts[line] && text.charAt(end - 1) == '\r') {
      end--;
    }
    return new SqlSyntaxException(
        position(offset), problem, text.substring(lineStarts[line], end), expected);
  }

  private int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
