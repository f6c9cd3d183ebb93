package org.seeql.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.seeql.database.RefusalException;

/** Names of runs: {@code 20261122-184501-k7qz}. They sort by time, and fit into a table's name. */
public final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  // No letters or digits that look like another
  private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int LETTERS = 4;

  // that of the column, and of what a table's name has room for
  private static final int LONGEST = 32;
  private static final Pattern CHOSEN = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");

  private RunIds() {}

  /** Refuses an id that a user chose and that cannot be one. */
  public static void require(String id) {
    if (id.length() > LONGEST || !CHOSEN.matcher(id).matches()) {
      throw new RefusalException(
          "Invalid run id: '%s' (at most %d of a-z, 0-9 and '-', beginning and ending with a letter or digit)"
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
