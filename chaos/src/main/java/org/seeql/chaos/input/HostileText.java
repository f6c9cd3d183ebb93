package org.seeql.chaos.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/**
 * Generates texts with a special meaning for a shell, terminal, database, spreadsheet or file
 * system.
 */
final class HostileText {
  private static final List<String> PARTS =
      List.of(
          "\u001b[31m",
          "\u001b]0;owned\u0007",
          "\u009b2J",
          "'",
          "\"",
          "`",
          "\\",
          ";",
          "-- ",
          "/*",
          "%s",
          "%",
          "_",
          "$(id)",
          "${x}",
          "=1+1",
          "@",
          ",",
          "\t",
          "\u202e",
          "\u200b",
          "é",
          "e\u0301",
          "ß",
          "İ",
          "中文",
          "NULL",
          "..",
          "&lt;",
          "<b>",
          "a");

  /** Characters with four bytes in UTF-8, which are invalid in names of a database. */
  private static final List<String> BEYOND = List.of("😀", "𝒳", "👩‍👩‍👧");

  private static final int FEW = 12;

  private HostileText() {}

  /**
   * Generates a text that neither starts nor ends with a space.
   *
   * @param bytes the maximum length in UTF-8
   */
  static String of(Random random, int bytes) {
    return of(random, bytes, true);
  }

  /** Like {@link #of(Random, int)}, without characters beyond the Basic Multilingual Plane. */
  static String ofName(Random random, int bytes) {
    return of(random, bytes, false);
  }

  private static String of(Random random, int bytes, boolean beyond) {
    StringBuilder text = new StringBuilder("x");
    // a quarter of the texts have the maximum length
    int parts = random.nextInt(4) == 0 ? bytes : 1 + random.nextInt(FEW);
    for (int i = 0; i < parts; i++) {
      String part =
          beyond && random.nextInt(5) == 0
              ? BEYOND.get(random.nextInt(BEYOND.size()))
              : PARTS.get(random.nextInt(PARTS.size()));
      if ((text + part).getBytes(UTF_8).length >= bytes) {
        break;
      }
      text.append(part);
    }
    return text.append("y").toString();
  }

  /** Like {@link #of(Random, int)}, for the name of a file or folder. */
  static String ofFile(Random random, int bytes) {
    return of(random, bytes, true).replace('/', '|');
  }

  /** The text as a string literal of SeeQL and the database. */
  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** The text as a quoted identifier of SeeQL and the database. */
  static String asName(String text) {
    return "`" + text.replace("`", "``") + "`";
  }
}
