package org.seeql.planner.parser;

import org.seeql.planner.statement.SqlMode;

/**
 * A token of a program: where its text begins and ends.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 * @param mode in which it was read
 */
record Token(Kind kind, int start, int end, SqlMode mode) {

  /** A token that is the same in every mode. */
  Token(Kind kind, int start, int end) {
    this(kind, start, end, SqlMode.DEFAULT);
  }

  enum Kind {
    /** A bare name or keyword: letters, digits, {@code _} and {@code $}. */
    WORD,
    /** A name in backquotes, or in double quotes under {@code ANSI_QUOTES}. */
    QUOTED_NAME,
    /** Text in single quotes, or in double ones without {@code ANSI_QUOTES}. */
    STRING,
    NUMBER,
    /** {@code @name}, {@code @@name}. */
    VARIABLE,
    /** One mark. */
    MARK,
    /** What ends a statement: {@code ;}, or the end of the text. */
    END,
    /** A string, quoted name or comment that never ends; nothing follows it. */
    UNTERMINATED
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Whether nothing, not even a comment, stands between the two. */
  boolean touches(Token next) {
    return end == next.start;
  }
}
