package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param imagesTotal images that were selected
 * @param before images that an earlier driver of the run was through with
 * @param done images that are through, those of before and those that failed included
 * @param failed images among them that could not be read or decoded
 * @param rows rows of the result so far
 * @param elapsed since inference began
 */
public record RunProgress(
    long imagesTotal, long before, long done, long failed, long rows, Duration elapsed) {
  public RunProgress {
    requireNonNull(elapsed, "elapsed is null");
    if (imagesTotal < 0 || before < 0 || done < 0 || failed < 0 || rows < 0) {
      throw new IllegalArgumentException("a count is negative");
    }
  }
}
