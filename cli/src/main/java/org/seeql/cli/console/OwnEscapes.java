package org.seeql.cli.console;

import java.security.SecureRandom;

/**
 * SeeQL's own escape sequences between marks, until they reach a terminal. The marks hold a number
 * that is drawn once for each process: no value of a database can imitate them.
 */
final class OwnEscapes {
  // non-characters of Unicode, which text for exchange does not have
  static final char BEGIN = '\ufdd0';
  static final char END = '\ufdd1';

  private static final String MARK = BEGIN + Long.toHexString(new SecureRandom().nextLong()) + ':';

  private OwnEscapes() {}

  /** What stands before an escape sequence; {@link #END} stands behind it. */
  static String mark() {
    return MARK;
  }

  /** An escape sequence that passes through a {@link TerminalStream}. */
  static String of(String sequence) {
    return MARK + sequence + END;
  }
}
