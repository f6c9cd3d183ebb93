package org.seeql.udf.batch;

import java.time.Duration;

/**
 * Tells whether more images of a run are to be expected, so that a batch of an exact size waits for
 * them. Thread-safe.
 */
final class Arrivals {
  /**
   * A batch does not wait longer than this for its next image: a run whose results are not read
   * provides no images, and must not delay the images of other runs.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private int underway;
  private boolean ended;
  private long latest = System.nanoTime();

  /** The file of an image is to be read, or the image to be decoded into a batch. */
  synchronized void accepted() {
    underway++;
    latest = System.nanoTime();
  }

  /** An image has arrived where batches are filled, or has failed. */
  synchronized void arrived() {
    underway--;
    latest = System.nanoTime();
  }

  /** The run has no more images. */
  synchronized void ended() {
    ended = true;
  }

  /** Whether an image may arrive soon. */
  synchronized boolean mayCome() {
    return (!ended || underway > 0) && System.nanoTime() - latest < PATIENCE.toNanos();
  }
}
