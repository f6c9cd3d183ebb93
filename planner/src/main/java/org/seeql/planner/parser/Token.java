package org.seeql.planner.parser;

import org.seeql.planner.statement.SqlMode;

/**
 * A token of a program, with the range of its text.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 * @param mode in which it was read
 */
record Token(Kind kind, int start, int end, SqlMode mode) {

  /** A token that does not depend on the mode. */
  Token(Kind kind, int start, int end) {
    this(kind, start, end, SqlMode.DEFAULT);
  }

  enum Kind {
    /** An unquoted name or keyword: letters, digits, {@code _} and {@code $}. */
    WORD,
    /** A name in backquotes, or in double quotes under {@code ANSI_QUOTES}. */
    QUOTED_NAME,
    /** Text in single quotes, or in double quotes without {@code ANSI_QUOTES}. */
    STRING,
    NUMBER,
    /** {@code @name}, {@code @@name}. */
    VARIABLE,
    /** One punctuation character. */
    MARK,
    /** The end of a statement: {@code ;}, {@code \G} or the end of the text. */
    END,
    /** A string, quoted name or comment without an end; no token follows it. */
    UNTERMINATED
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Whether there is nothing between the two tokens, not even a comment. */
  boolean touches(Token next) {
    return end == next.start;
  }
}
