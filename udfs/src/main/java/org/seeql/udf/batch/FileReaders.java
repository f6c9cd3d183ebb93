package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.seeql.udf.image.ReadBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that read image files within the JVM's memory budget, with a time limit for each file. A
 * thread that is blocked in a file system call is replaced. Thread-safe.
 */
final class FileReaders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileReaders.class);

  /** Reading waits for disks and networks, so the number does not depend on cores. */
  private static final int THREADS = 16;

  private static final int MAX_REPLACED = 256;
  private static final long POLL_MILLIS = 250;

  private final ReadBudget budget;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          PipelineThreads.named("seeql-read"));
  private final Set<Reading> active = ConcurrentHashMap.newKeySet();
  private final Thread watch;
  private int replaced;

  FileReaders(ReadBudget budget) {
    this.budget = requireNonNull(budget, "budget is null");
    watch = PipelineThreads.start("seeql-read-watch", this::watch);
  }

  ReadBudget budget() {
    return budget;
  }

  /**
   * Reads an image's file on one of the threads.
   *
   * @param then called once with whether the image has its file; if not, the image has failed or is
   *     cancelled
   */
  void read(ImageTask<?> image, Consumer<Boolean> then) {
    threads.execute(() -> new Reading(image, then).run());
  }

  private void watch() {
    try {
      while (!threads.isShutdown()) {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        active.forEach(FileReaders::expireIfLate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void expireIfLate(Reading reading) {
    try {
      reading.expireIfLate();
    } catch (RuntimeException e) {
      // if this thread ends, reads have no time limit
      LOG.warn("Cannot report that a file was not read in time", e);
    }
  }

  private synchronized void replace(int more) {
    replaced += more;
    int size = THREADS + Math.min(replaced, MAX_REPLACED);
    if (more > 0) {
      threads.setMaximumPoolSize(size);
      threads.setCorePoolSize(size);
    } else {
      threads.setCorePoolSize(size);
      threads.setMaximumPoolSize(size);
    }
  }

  /** One read of an image's file, on the thread that executes it. */
  final class Reading implements ReadBudget.WaitPolicy {
    private final ImageTask<?> image;
    private final Consumer<Boolean> then;
    private final Thread thread = Thread.currentThread();
    // fields below are guarded by this
    private Optional<ReadBudget.Reservation> reservation = Optional.empty();
    private boolean waiting;
    private boolean ended;
    private boolean expired;
    private long nanosBefore;
    private long since = System.nanoTime();

    private Reading(ImageTask<?> image, Consumer<Boolean> then) {
      this.image = image;
      this.then = then;
    }

    private void run() {
      active.add(this);
      boolean hasFile = false;
      try {
        hasFile = !image.isCancelled() && image.read(budget, this);
      } finally {
        active.remove(this);
        if (finish()) {
          then.accept(hasFile);
        }
      }
    }

    private synchronized boolean finish() {
      ended = true;
      if (expired) {
        // clear the interruption, which was meant for this image and not for the next
        Thread.interrupted();
        replace(-1);
      }
      return !expired;
    }

    private void expireIfLate() {
      synchronized (this) {
        if (ended || expired || waiting || nanos() < budget.settings().timeout().toNanos()) {
          return;
        }
        expired = true;
        // set the reason first: the interruption makes the read fail with a different one
        failImage();
        replace(1);
        thread.interrupt();
        reservation.ifPresent(ReadBudget.Reservation::close);
      }
      then.accept(false);
    }

    private void failImage() {
      try {
        image.failImage(
            "read",
            new IOException(
                "The file was not read within %d s (seeql.read_timeout)"
                    .formatted(budget.settings().timeout().toSeconds())));
      } catch (RuntimeException e) {
        // thrown by the run's listener
        image.fail(e);
      }
    }

    /** The time of the read so far, without the wait for memory. */
    synchronized long nanos() {
      return waiting ? nanosBefore : nanosBefore + System.nanoTime() - since;
    }

    @Override
    public boolean isOver() {
      return image.isCancelled() || threads.isShutdown();
    }

    @Override
    public synchronized void begin() {
      nanosBefore = nanos();
      waiting = true;
    }

    @Override
    public synchronized void end(ReadBudget.Reservation granted) {
      reservation = Optional.of(granted);
      waiting = false;
      since = System.nanoTime();
    }
  }

  /** Stops the threads; pending and running reads are discarded. */
  @Override
  public void close() {
    threads.shutdownNow();
    watch.interrupt();
  }
}
