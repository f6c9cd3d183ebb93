package org.seeql.chaos.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Texts that mean something to a shell, a terminal, a database, a spreadsheet or a file system. */
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

  /** Characters of four bytes in UTF-8, which names in a database cannot have. */
  private static final List<String> BEYOND = List.of("😀", "𝒳", "👩‍👩‍👧");

  private static final int FEW = 12;

  private HostileText() {}

  /**
   * Makes a text that neither begins nor ends with a space.
   *
   * @param bytes the most, in UTF-8
   */
  static String of(Random random, int bytes) {
    return of(random, bytes, true);
  }

  /** The same without characters beyond the basic multilingual plane. */
  static String ofName(Random random, int bytes) {
    return of(random, bytes, false);
  }

  private static String of(Random random, int bytes, boolean beyond) {
    StringBuilder text = new StringBuilder("x");
    // a quarter of them are as long as they may be
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

  /** The same for a file or a folder. */
  static String ofFile(Random random, int bytes) {
    return of(random, bytes, true).replace('/', '|');
  }

  /** As a string of SeeQL and of the database. */
  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** As a name of SeeQL and of the database. */
  static String asName(String text) {
    return "`" + text.replace("`", "``") + "`";
  }
}
