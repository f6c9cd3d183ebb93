package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.seeql.udf.InferenceException;

/**
 * A time limit for the calls of a pipeline's models. Native code cannot be interrupted. When a call
 * exceeds the limit, its thread remains blocked. Waiting callers get the exception, and the
 * pipeline accepts no more images. Thread-safe.
 */
final class CallWatch {
  private static final String SECONDS = "seeql.call.seconds";
  private static final int DEFAULT_SECONDS = 600;

  /** The time that threads have to finish their work when the pipeline is closed. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofMinutes(1);

  private static final int POLL_MILLIS = 100;

  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Duration limit;
  private final Consumer<InferenceException> close;
  private volatile Optional<InferenceException> expired = Optional.empty();
  private volatile boolean stuck;

  /**
   * @param close makes the pipeline fail all images that wait or arrive later
   */
  CallWatch(Duration limit, Consumer<InferenceException> close) {
    this.limit = requireNonNull(limit, "limit is null");
    this.close = requireNonNull(close, "close is null");
  }

  /** The default limit, or the system property {@code seeql.call.seconds}. */
  static Duration limit() {
    return Duration.ofSeconds(Math.max(1, Integer.getInteger(SECONDS, DEFAULT_SECONDS)));
  }

  private static ScheduledThreadPoolExecutor clock() {
    ScheduledThreadPoolExecutor clock =
        new ScheduledThreadPoolExecutor(1, PipelineThreads.named("seeql-call-watch"));
    // nearly all timeouts are cancelled
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /** Makes a call; its images fail if it exceeds the limit. */
  <T> T watch(String model, List<? extends ImageTask<?>> images, Supplier<T> call) {
    Future<?> expiry =
        CLOCK.schedule(() -> expire(model, images), limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return call.get();
    } finally {
      expiry.cancel(false);
    }
  }

  private void expire(String model, List<? extends ImageTask<?>> images) {
    InferenceException reason =
        new InferenceException(
            "Model %s did not return within %d s for a batch of %d; its call cannot be stopped before this process ends (-D%s=N allows more time)"
                .formatted(model, limit.toSeconds(), images.size(), SECONDS));
    expired = Optional.of(reason);
    stuck = true;
    images.forEach(image -> image.fail(reason));
    close.accept(reason);
  }

  /**
   * Checks that no call has exceeded the limit so far.
   *
   * @throws InferenceException with the reason for which the images of a call failed
   */
  void requireNoExpiredCall() {
    expired.ifPresent(
        reason -> {
          throw reason;
        });
  }

  /** Waits for a thread to end, unless it may be blocked in a call. */
  void join(Thread thread) {
    join(
        millis -> {
          thread.join(millis);
          return !thread.isAlive();
        });
  }

  /** Waits for an executor's threads to end, with the same limit. */
  void join(ExecutorService threads) {
    join(millis -> threads.awaitTermination(millis, TimeUnit.MILLISECONDS));
  }

  /** Waits up to {@code millis} and returns whether the thread or executor has ended. */
  private interface Wait {
    boolean ends(long millis) throws InterruptedException;
  }

  /**
   * Interruption does not shorten the wait, because the caller frees memory that the threads use.
   */
  private void join(Wait wait) {
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended && !stuck) {
      try {
        ended = wait.ends(POLL_MILLIS);
        stuck |= !ended && System.nanoTime() > end;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether a thread may still be in a call, so that models and memory must not be freed. */
  boolean isStuck() {
    return stuck;
  }
}
