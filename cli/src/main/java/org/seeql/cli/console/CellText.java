package org.seeql.cli.console;

import java.math.BigDecimal;
import java.util.HexFormat;

/** Formats database values as text, identically in all formats. */
final class CellText {
  private CellText() {}

  /**
   * Formats bytes as hexadecimal digits and decimals without an exponent. Other values keep the
   * text of the database.
   *
   * @param value not null
   */
  static String of(Object value) {
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value.toString();
  }
}
