package org.seeql.cli.console;

import java.math.BigDecimal;
import java.util.HexFormat;

/** The text of a value that came from the database, the same in every format. */
final class CellText {
  private CellText() {}

  /**
   * Bytes as hexadecimal digits, decimals without an exponent, all else as the database wrote it.
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
