package org.seeql.cli.console;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Rounds floating-point numbers for people: to four decimals, and numbers below 1 to four
 * significant digits. Exact numbers (integers, DECIMAL) are never rounded.
 */
final class ReadableNumber {
  private static final int DIGITS = 4;
  private static final BigDecimal SMALLEST_PLAIN = new BigDecimal("1e-6");

  private ReadableNumber() {}

  /**
   * The shown text of a number.
   *
   * @param text the number as the database formats it
   */
  static String of(String text) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) {
      // NaN, Infinity
      return text;
    }
    if (number.scale() <= DIGITS || number.signum() == 0) {
      return text;
    }
    if (number.abs().compareTo(SMALLEST_PLAIN) < 0) {
      return number.round(new MathContext(DIGITS)).toString().replace('E', 'e');
    }
    BigDecimal rounded =
        number.abs().compareTo(BigDecimal.ONE) >= 0
            ? number.setScale(DIGITS, RoundingMode.HALF_EVEN)
            : number.round(new MathContext(DIGITS));
    return rounded.stripTrailingZeros().toPlainString();
  }
}
