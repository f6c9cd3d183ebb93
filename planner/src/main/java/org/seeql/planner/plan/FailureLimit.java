package org.seeql.planner.plan;

import java.math.BigDecimal;

/** How many images may fail before the run does. */
public sealed interface FailureLimit {

  /** Whether so many failures among so many images are too many. */
  boolean isExceededBy(long failed, long images);

  /** Whether images that are skipped, because they failed in earlier runs, count as failed. */
  boolean countsSkipped();

  /** The limit as it is written: {@code 10} or {@code 5%}. */
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

    /** A fixed number would be used up by the same images in every run. */
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
   * A share of the selected images.
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
