package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/**
 * A number as the database formats it, where Java would format it differently: {@code 1} of a
 * DOUBLE, {@code 00042} of a ZEROFILL column.
 */
public final class NumberText extends Number {
  private static final long serialVersionUID = 1L;

  private final String text;

  public NumberText(String text) {
    this.text = requireNonNull(text, "text is null");
  }

  @Override
  public int intValue() {
    return new BigDecimal(text).intValue();
  }

  @Override
  public long longValue() {
    return new BigDecimal(text).longValue();
  }

  @Override
  public float floatValue() {
    return Float.parseFloat(text);
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberText number && number.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The text that the database sent. */
  @Override
  public String toString() {
    return text;
  }
}
