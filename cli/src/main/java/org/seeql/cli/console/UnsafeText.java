package org.seeql.cli.console;

/** Detects characters that must not reach a terminal. */
final class UnsafeText {
  /** Replaces an unsafe character. */
  static final char REPLACEMENT = '\ufffd';

  private UnsafeText() {}

  /**
   * Whether a terminal may interpret a character as a command or reorder the text around it. These
   * are: the control characters C0 (including line feed, carriage return and tab), DEL and C1; the
   * embeddings, overrides and isolates of the bidirectional algorithm; and the non-characters of
   * {@link OwnEscapes}.
   */
  static boolean isUnsafe(int character) {
    return Character.isISOControl(character)
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || character == OwnEscapes.BEGIN
        || character == OwnEscapes.END;
  }
}
