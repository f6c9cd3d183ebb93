package org.seeql.planner.parser;

/**
 * A token of a program: where its text begins and ends.
 *
 * @param start offset of its first character
 * @param end offset after its last character
 */
record Token(Kind kind, int start, int end) {

  enum Kind {
    /** A bare name or keyword: letters, digits, {@code _} and {@code $}. */
    WORD,
    /** A name in backquotes. */
    QUOTED_NAME,
    /** Text in single or double quotes. */
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
