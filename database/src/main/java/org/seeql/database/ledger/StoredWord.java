package org.seeql.database.ledger;

import java.util.function.Function;
import org.seeql.database.RefusalException;

/** A word in the system tables. A newer version of SeeQL may have written it. */
final class StoredWord {
  private StoredWord() {}

  /**
   * The value of a word.
   *
   * @param name what the word describes, such as {@code state}
   * @param parser throws an IllegalArgumentException for an unknown word
   * @throws RefusalException if the word is unknown
   */
  static <T> T parse(String runId, String name, String word, Function<String, T> parser) {
    try {
      return parser.apply(word);
    } catch (IllegalArgumentException e) {
      throw new RefusalException(
          "Cannot read run %s: unknown %s '%s'; it was written by a newer version of SeeQL"
              .formatted(runId, name, word),
          e);
    }
  }
}
