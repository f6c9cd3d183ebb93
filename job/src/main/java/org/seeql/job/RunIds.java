package org.seeql.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.seeql.database.RefusalException;

/**
 * Run ids such as {@code 20261122-184501-k7qz}. They sort by time and are short enough for table
 * names.
 */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  // No characters that look like another one
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int LETTERS = 4;

  // Limited by the run id column, and by the space that a table name has for the id
  private static final int LONGEST = 32;
  private static final Pattern CHOSEN = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  private RunIds() {}

  /** Refuses an invalid run id that a user chose. */
  public static void require(String id) {
    if (id.length() > LONGEST || !CHOSEN.matcher(id).matches()) {
      throw new RefusalException(
          "Invalid run id: '%s' (at most %d characters of a-z, 0-9 and '-'; starts and ends with a letter or digit)"
              .formatted(id, LONGEST));
    }
  }

  public static String create(Instant now, RandomGenerator random) {
    StringBuilder id = new StringBuilder(TIME.format(now)).append('-');
    for (int i = 0; i < LETTERS; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }
}
