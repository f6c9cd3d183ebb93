package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a column whose values a run computes.
 *
 * @param length the largest number of characters; 0 unless the kind has a length
 */
public record ColumnType(Kind kind, int length, Absent absent) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern LENGTH = Pattern.compile("\\((\\d+)\\)");

  /** An integer of 32 bits. */
  public static final ColumnType INT = new ColumnType(Kind.INT, 0, Absent.REFUSED);

  /** An integer of 64 bits. */
  public static final ColumnType BIGINT = new ColumnType(Kind.BIGINT, 0, Absent.REFUSED);

  public static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, 0, Absent.REFUSED);
  public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 0, Absent.REFUSED);

  /** A JSON document. */
  public static final ColumnType JSON = new ColumnType(Kind.JSON, 0, Absent.REFUSED);

  /** Any number of bytes. */
  public static final ColumnType BYTES = new ColumnType(Kind.BYTES, 0, Absent.REFUSED);

  /** What values are. */
  public enum Kind {
    INT("INT"),
    BIGINT("BIGINT"),
    DOUBLE("DOUBLE"),
    BOOLEAN("BOOLEAN"),
    /** Text of limited length, which the table compares by its collation. */
    TEXT("VARCHAR(%d)"),
    /** Text of limited length, which is compared bytewise. */
    EXACT_TEXT("VARCHAR(%d) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),
    JSON("JSON"),
    BYTES("LONGBLOB");

    private final String ddl;

    Kind(String ddl) {
      this.ddl = ddl;
    }

    private boolean hasLength() {
      return this == TEXT || this == EXACT_TEXT;
    }
  }

  /** What a column contains if a row has no value for it. */
  public enum Absent {
    /** Every row must have a value. */
    REFUSED("NOT NULL"),
    NULL("NULL"),
    ZERO("NOT NULL DEFAULT 0");

    private final String ddl;

    Absent(String ddl) {
      this.ddl = ddl;
    }
  }

  public ColumnType {
    requireNonNull(kind, "kind is null");
    requireNonNull(absent, "absent is null");
    if (kind.hasLength() ? length < 1 : length != 0) {
      throw new IllegalArgumentException("invalid length of %s: %d".formatted(kind, length));
    }
  }

  /** Text with at most that many characters. */
  public static ColumnType text(int length) {
    return new ColumnType(Kind.TEXT, length, Absent.REFUSED);
  }

  /** Text with at most that many characters, which is compared bytewise. */
  public static ColumnType exactText(int length) {
    return new ColumnType(Kind.EXACT_TEXT, length, Absent.REFUSED);
  }

  /** The same type for rows of which some have no value. */
  public ColumnType orNull() {
    return new ColumnType(kind, length, Absent.NULL);
  }

  /** The same type with 0 for rows that have no value. */
  public ColumnType orZero() {
    return new ColumnType(kind, length, Absent.ZERO);
  }

  public boolean isNullable() {
    return absent == Absent.NULL;
  }

  /** The type in a CREATE TABLE of MySQL. Records of runs contain it, too. */
  public String ddl() {
    return kind.ddl.formatted(length) + " " + absent.ddl;
  }

  /**
   * Reads what {@link #ddl} has written into the record of a run.
   *
   * @throws IllegalArgumentException for any other text
   */
  static ColumnType parse(String ddl) {
    Matcher number = LENGTH.matcher(ddl);
    int length = number.find() ? Integer.parseInt(number.group(1)) : 0;
    for (Kind kind : Kind.values()) {
      for (Absent absent : Absent.values()) {
        if (kind.hasLength() == length > 0) {
          ColumnType type = new ColumnType(kind, length, absent);
          if (type.ddl().equals(ddl)) {
            return type;
          }
        }
      }
    }
    throw new IllegalArgumentException("unknown type of a column: " + ddl);
  }
}
