package org.seeql.job.inference;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The progress of a run's tasks in this JVM, committed or not. The driver of a local Spark reads it
 * while the tasks run. Thread-safe.
 */
public final class LiveProgress {
  private static final ConcurrentMap<String, LiveProgress> OF_RUN = new ConcurrentHashMap<>();

  private final LongAdder images = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private volatile Optional<String> firstFailure = Optional.empty();

  private LiveProgress() {}

  /** The progress of a run. Created by the first call, and kept until {@link #remove}. */
  public static LiveProgress of(String runId) {
    return OF_RUN.computeIfAbsent(runId, id -> new LiveProgress());
  }

  public static void remove(String runId) {
    OF_RUN.remove(runId);
  }

  /** Completed images, including failed ones. */
  public long images() {
    return images.sum();
  }

  public long failed() {
    return failed.sum();
  }

  /**
   * Why the first image failed, for people. No table contains the reason before the image's
   * partition is committed.
   */
  public Optional<String> firstFailure() {
    return firstFailure;
  }

  void failed(String path, String reason) {
    if (firstFailure.isEmpty()) {
      firstFailure = Optional.of("'%s': %s".formatted(path, reason));
    }
  }

  /** Rows of the result. */
  public long rows() {
    return rows.sum();
  }

  void add(long moreImages, long moreFailed, long moreRows) {
    images.add(moreImages);
    failed.add(moreFailed);
    rows.add(moreRows);
  }
}
