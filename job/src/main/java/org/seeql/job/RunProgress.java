package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The progress of a run.
 *
 * @param imagesTotal selected images
 * @param before images that an earlier driver of the run completed
 * @param done completed images, including {@code before} and failed images
 * @param failed completed images that could not be read or decoded
 * @param rows rows of the result so far
 * @param elapsed time since inference began
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
