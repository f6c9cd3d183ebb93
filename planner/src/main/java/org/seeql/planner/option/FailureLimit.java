package org.seeql.planner.option;

import java.math.BigDecimal;

/** The maximum number of images that may fail before the run fails. */
public sealed interface FailureLimit {

  /** Whether this number of failures among this number of images exceeds the limit. */
  boolean isExceededBy(long failed, long images);

  /** Whether images that are skipped, because they failed in earlier runs, count as failed. */
  boolean countsSkipped();

  /** The limit as an option value: {@code 10} or {@code 5%}. */
  String text();

  record Count(long images) implements FailureLimit {
    public Count {
      if (images < 0) {
        throw new IllegalArgumentException("images is negative: " + images);
      }
    }

    @Override
    public boolean isExceededBy(long failed, long images) {
      return failed > this.images;
    }

    /** Returns false; otherwise the same images would use up a fixed number in every run. */
    @Override
    public boolean countsSkipped() {
      return false;
    }

    @Override
    public String text() {
      return Long.toString(images);
    }
  }

  /**
   * A percentage of the selected images.
   *
   * @param percent 0 to 100
   */
  record Percentage(double percent) implements FailureLimit {
    public Percentage {
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException("percent is not between 0 and 100: " + percent);
      }
    }

    @Override
    public boolean isExceededBy(long failed, long images) {
      return failed * 100.0 > percent * images;
    }

    @Override
    public boolean countsSkipped() {
      return true;
    }

    @Override
    public String text() {
      return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
    }
  }
}
