package org.seeql.database;

import java.util.function.Function;

/** A word in the system tables. A newer version of SeeQL may have written it. */
public final class StoredWord {
  private StoredWord() {}

  /**
   * The value of a word that describes a run.
   *
   * @param name what the word describes, such as {@code state}
   * @param parser throws an IllegalArgumentException for an unknown word
   * @throws RefusalException if the word is unknown
   */
  public static <T> T ofRun(String runId, String name, String word, Function<String, T> parser) {
    return parse("run " + runId, name, word, parser);
  }

  /** As {@link #ofRun}, for a word that describes a model. */
  public static <T> T ofModel(String model, String name, String word, Function<String, T> parser) {
    return parse("model '" + model + "'", name, word, parser);
  }

  private static <T> T parse(String owner, String name, String word, Function<String, T> parser) {
    try {
      return parser.apply(word);
    } catch (IllegalArgumentException e) {
      throw new RefusalException(
          "Cannot read %s: unknown %s '%s'; it was written by a newer version of SeeQL"
              .formatted(owner, name, word),
          e);
    }
  }
}
