package org.seeql.cli.console;

import java.security.SecureRandom;

/**
 * Marks SeeQL's own escape sequences until a {@link TerminalStream} writes them. The marks contain
 * a random number per process, so that no database value can imitate them.
 */
final class OwnEscapes {
  // non-characters of Unicode, which do not occur in exchanged text
  static final char BEGIN = '\ufdd0';
  static final char END = '\ufdd1';

  private static final String MARK = BEGIN + Long.toHexString(new SecureRandom().nextLong()) + ':';

  private OwnEscapes() {}

  /** The start mark of an escape sequence. {@link #END} is the end mark. */
  static String mark() {
    return MARK;
  }

  /** Marks an escape sequence, so that it passes a {@link TerminalStream}. */
  static String of(String sequence) {
    return MARK + sequence + END;
  }
}
