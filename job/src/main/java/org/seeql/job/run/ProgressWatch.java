package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.Selection;
import org.seeql.job.RunListener;
import org.seeql.job.RunProgress;
import org.seeql.job.inference.LiveProgress;
import org.seeql.job.inference.WorkListeners;
import org.seeql.planner.option.FailureLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors a run while its tasks work. Reports progress to the listener, and cancels the run if too
 * many images have failed. Uses a thread until it is closed.
 */
final class ProgressWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);
  private static final long MILLIS_BETWEEN_LOOKS = 200;
  // The progress of executors in other processes is only visible in their commits
  private static final int LOOKS_BETWEEN_QUERIES = 10;

  private final String runId;
  private final Selection.Sizes sizes;
  private final long images;
  private final PartitionRecords.Totals before;
  private final FailureLimit limit;
  private final RunListener listener;
  private final Runnable cancel;
  private final LiveProgress live;
  private final long start = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Optional<Thread> thread = Optional.empty();
  private Optional<DatabaseConnector> elsewhere = Optional.empty();
  private volatile boolean tooManyFailed;
  private PartitionRecords.Totals committed;
  private int looks;

  /**
   * Creates a watch; it does not start yet.
   *
   * @param before what was committed before the tasks began
   * @param cancel cancels the tasks; may be called more than once
   */
  ProgressWatch(
      String runId,
      Selection.Sizes sizes,
      PartitionRecords.Totals before,
      FailureLimit limit,
      RunListener listener,
      Runnable cancel) {
    this.runId = requireNonNull(runId, "runId is null");
    this.sizes = requireNonNull(sizes, "sizes is null");
    this.images = sizes.images();
    this.before = requireNonNull(before, "before is null");
    this.limit = requireNonNull(limit, "limit is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.cancel = requireNonNull(cancel, "cancel is null");
    this.live = LiveProgress.of(runId);
    this.committed = before;
  }

  /** Starts to monitor tasks of this JVM. */
  void watchHere() {
    begin(this::look);
  }

  /** Starts to monitor tasks of other JVMs. */
  void watchElsewhere(DatabaseConnector connector) {
    elsewhere = Optional.of(connector);
    begin(
        () -> {
          if (looks++ % LOOKS_BETWEEN_QUERIES == 0) {
            query(connector);
          }
          look();
        });
  }

  private void begin(Runnable look) {
    Thread watching =
        new Thread(
            () -> {
              while (!isClosedAfterPause()) {
                look.run();
              }
            },
            "seeql-progress");
    watching.setDaemon(true);
    watching.start();
    thread = Optional.of(watching);
  }

  private boolean isClosedAfterPause() {
    try {
      return closed.await(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void query(DatabaseConnector connector) {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      committed = PartitionRecords.totals(session, runId);
    } catch (SQLException e) {
      LOG.debug("Cannot read the progress of run {}", runId, e);
    }
  }

  private void look() {
    long done = Math.max(before.images() + live.images(), committed.images());
    long failed = Math.max(before.failed() + live.failed(), committed.failed());
    long rows = Math.max(before.rows() + live.rows(), committed.rows());
    if (isExceeded(limit, failed, sizes)) {
      tooManyFailed = true;
      cancel.run();
    }
    WorkListeners.ofJvm().runProgressed(runId, images, Math.max(0, done), Math.max(0, failed));
    listener.progress(
        new RunProgress(
            images,
            before.images(),
            Math.max(0, done),
            Math.max(0, failed),
            Math.max(0, rows),
            Duration.ofNanos(System.nanoTime() - start)));
  }

  /** Whether more images failed than the limit of the run allows. */
  static boolean isExceeded(FailureLimit limit, long failed, Selection.Sizes sizes) {
    long skipped = limit.countsSkipped() ? sizes.skipped() : 0;
    return limit.isExceededBy(failed + skipped, sizes.selected());
  }

  /** Whether the watch has cancelled the run. */
  boolean tooManyFailed() {
    return tooManyFailed;
  }

  /** Stops after a final check. */
  @Override
  public void close() {
    closed.countDown();
    try {
      if (thread.isPresent()) {
        thread.get().join();
      }
      elsewhere.ifPresent(this::query);
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LiveProgress.remove(runId);
  }
}
