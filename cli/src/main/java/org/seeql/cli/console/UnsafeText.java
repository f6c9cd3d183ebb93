package org.seeql.cli.console;

/** What text from elsewhere must not do to a terminal. */
final class UnsafeText {
  /** Stands where a character was that is not shown. */
  static final char REPLACEMENT = '\ufffd';

  private UnsafeText() {}

  /**
   * Whether a terminal may take a character for a command or show the text around it in another
   * order: the control characters C0, DEL and C1 (line feed, carriage return and tab among them),
   * the embeddings, overrides and isolates of the bidirectional algorithm, and the non-characters
   * that {@link OwnEscapes} uses.
   */
  static boolean isUnsafe(int character) {
    return Character.isISOControl(character)
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || character == OwnEscapes.BEGIN
        || character == OwnEscapes.END;
  }
}
