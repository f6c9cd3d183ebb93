package org.seeql.job.file;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A column of a file.
 *
 * @param precision decimal digits; 0 unless the kind is DECIMAL
 * @param scale decimal digits after the point
 */
public record FileColumn(String name, Kind kind, int precision, int scale) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What the values of a column are. */
  public enum Kind {
    BOOLEAN,
    INT8,
    INT16,
    INT32,
    INT64,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    FLOAT,
    DOUBLE,
    DECIMAL,
    DATE,
    /** A date with a time of an unknown time zone. */
    DATETIME,
    /** An instant. Values are in UTC. */
    TIMESTAMP,
    TEXT,
    JSON,
    /** One bit. */
    BIT,
    /** Up to 64 bits, as a number without a sign. */
    BITS,
    BYTES
  }

  public FileColumn {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
  }

  public FileColumn(String name, Kind kind) {
    this(name, kind, 0, 0);
  }

  /** The same column with another name. */
  public FileColumn named(String other) {
    return new FileColumn(other, kind, precision, scale);
  }
}
