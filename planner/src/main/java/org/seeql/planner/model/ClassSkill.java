package org.seeql.planner.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/** How well a model detects whether an image shows a class. */
public sealed interface ClassSkill extends Serializable {

  /**
   * A model of which only the accuracy is known; it applies to images with and without the class.
   */
  static ClassSkill ofAccuracy(double accuracy) {
    return new Rates(accuracy, 1 - accuracy);
  }

  /**
   * The rates of its yes answers.
   *
   * @param truePositiveRate P(yes | shown), 0 to 1
   * @param falsePositiveRate P(yes | not shown), 0 to 1
   */
  record Rates(double truePositiveRate, double falsePositiveRate) implements ClassSkill {
    public Rates {
      checkShare("truePositiveRate", truePositiveRate);
      checkShare("falsePositiveRate", falsePositiveRate);
    }

    private static void checkShare(String name, double value) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(name + " is not between 0 and 1: " + value);
      }
    }
  }

  /**
   * The model's answer for each row of a {@link PresenceSample}.
   *
   * @param byRow one character per row, in the order of the sample: {@code 1} for yes, {@code 0}
   *     for no
   */
  record Answers(String byRow) implements ClassSkill {
    public Answers {
      requireNonNull(byRow, "byRow is null");
      PresenceSample.checkBits("byRow", byRow);
    }

    public boolean saysYes(int row) {
      return byRow.charAt(row) == '1';
    }
  }
}
