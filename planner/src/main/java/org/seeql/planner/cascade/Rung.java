package org.seeql.planner.cascade;

import java.io.Serializable;

/**
 * One model of a ladder, with its thresholds.
 *
 * @param noBelow a lower score means that the image does not show the class; with 0 the model never
 *     says no
 * @param yesFrom this score or a higher one means that the image shows the class, at least {@code
 *     noBelow}; with {@link #NEVER} the model never says yes
 */
public record Rung(String model, double noBelow, double yesFrom) implements Serializable {
  /** A threshold above all scores. */
  public static final double NEVER = 2;

  public Rung {
    if (model.isEmpty()) {
      throw new IllegalArgumentException("model is empty");
    }
    if (!(noBelow >= 0 && noBelow <= yesFrom && yesFrom <= NEVER)) {
      throw new IllegalArgumentException(
          "thresholds are not ordered from 0 to 2: %s, %s".formatted(noBelow, yesFrom));
    }
  }

  /** Whether every score gives an answer, as in the last rung of a ladder. */
  public boolean isFinal() {
    return noBelow == yesFrom;
  }

  public Verdict verdict(double score) {
    if (score >= yesFrom) {
      return Verdict.YES;
    }
    return score < noBelow ? Verdict.NO : Verdict.UNSURE;
  }
}
