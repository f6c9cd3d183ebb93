package org.seeql.datasets.sql;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Rows as the text of an INSERT. For a session whose {@code sql_mode} does not contain {@code
 * NO_BACKSLASH_ESCAPES} and whose connection is UTF-8.
 *
 * <p>For each row, the parameters of a prepared statement cost the driver more time than the row
 * costs the server.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/string-literals.html">MySQL's string
 *     literals</a>
 */
public final class RowText {
  private final StringBuilder text = new StringBuilder();
  private boolean isInRow;
  private int rows;

  /** Begins a row; {@link #endRow} ends it. */
  public void beginRow() {
    text.append(rows == 0 ? "(" : ",\n(");
    isInRow = false;
  }

  public void endRow() {
    text.append(')');
    rows++;
  }

  public RowText integer(long value) {
    next().append(value);
    return this;
  }

  public RowText integer(OptionalInt value) {
    return value.isPresent() ? integer(value.getAsInt()) : nothing();
  }

  public RowText integer(OptionalLong value) {
    return value.isPresent() ? integer(value.getAsLong()) : nothing();
  }

  /** A finite number, with as many digits as are needed to read back the same value. */
  public RowText number(double value) {
    long whole = (long) value;
    if (whole == value && Math.abs(whole) < 1L << 53) {
      return integer(whole);
    }
    next().append(value);
    return this;
  }

  /** NULL. */
  public RowText nothing() {
    next().append("NULL");
    return this;
  }

  public RowText text(Optional<String> value) {
    return value.isPresent() ? text(value.get()) : nothing();
  }

  public RowText text(String value) {
    next().append('\'');
    int begin = 0;
    for (int i = 0; i < value.length(); i++) {
      if (isSpecial(value.charAt(i))) {
        text.append(value, begin, i).append(escape(value.charAt(i)));
        begin = i + 1;
      }
    }
    text.append(value, begin, value.length()).append('\'');
    return this;
  }

  private static boolean isSpecial(char c) {
    return c == '\'' || c == '\\' || c < ' ';
  }

  private static String escape(char c) {
    return switch (c) {
      case '\'' -> "''";
      case '\\' -> "\\\\";
      case '\0' -> "\\0";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      // Programs on Windows treat it as the end of the file.
      case 26 -> "\\Z";
      default -> String.valueOf(c);
    };
  }

  /** Bytes, independent of the character set. */
  public RowText bytes(byte[] value) {
    next();
    if (value.length == 0) {
      text.append("''");
    } else {
      text.append("x'").append(HexFormat.of().formatHex(value)).append('\'');
    }
    return this;
  }

  /** A literal as the server formatted it. */
  public RowText literal(String value) {
    next().append(value);
    return this;
  }

  private StringBuilder next() {
    if (isInRow) {
      text.append(',');
    }
    isInRow = true;
    return text;
  }

  public int rows() {
    return rows;
  }

  /** The length in characters, which is at least a third of the length in bytes. */
  public int length() {
    return text.length();
  }

  /** The rows, separated by commas. */
  @Override
  public String toString() {
    return text.toString();
  }

  /** Removes all rows. */
  public void clear() {
    text.setLength(0);
    rows = 0;
  }
}
