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

  private static final int MOST_REPLACED = 256;
  private static final long LOOK_MILLIS = 250;

  private final ReadBudget budget;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          PipelineThreads.named("seeql-read"));
  private final Set<Reading> underWay = ConcurrentHashMap.newKeySet();
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
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        underWay.forEach(FileReaders::giveUpIfLate);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void giveUpIfLate(Reading reading) {
    try {
      reading.giveUpIfLate();
    } catch (RuntimeException e) {
      // if this thread ends, reads have no time limit
      LOG.warn("Cannot report that a file was not read in time", e);
    }
  }

  private synchronized void replace(int more) {
    replaced += more;
    int size = THREADS + Math.min(replaced, MOST_REPLACED);
    if (more > 0) {
      threads.setMaximumPoolSize(size);
      threads.setCorePoolSize(size);
    } else {
      threads.setCorePoolSize(size);
      threads.setMaximumPoolSize(size);
    }
  }

  /** One read of an image's file, on the thread that executes it. */
  final class Reading implements ReadBudget.Patience {
    private final ImageTask<?> image;
    private final Consumer<Boolean> then;
    private final Thread thread = Thread.currentThread();
    // fields below are guarded by this
    private Optional<ReadBudget.Reservation> room = Optional.empty();
    private boolean waiting;
    private boolean ended;
    private boolean givenUp;
    private long nanosBefore;
    private long since = System.nanoTime();

    private Reading(ImageTask<?> image, Consumer<Boolean> then) {
      this.image = image;
      this.then = then;
    }

    private void run() {
      underWay.add(this);
      boolean hasFile = false;
      try {
        hasFile = !image.isCancelled() && image.read(budget, this);
      } finally {
        underWay.remove(this);
        if (finish()) {
          then.accept(hasFile);
        }
      }
    }

    private synchronized boolean finish() {
      ended = true;
      if (givenUp) {
        // clear the interruption, which was meant for this image and not for the next
        Thread.interrupted();
        replace(-1);
      }
      return !givenUp;
    }

    private void giveUpIfLate() {
      synchronized (this) {
        if (ended || givenUp || waiting || nanos() < budget.settings().timeout().toNanos()) {
          return;
        }
        givenUp = true;
        // set the reason first: the interruption makes the read fail with a different one
        failImage();
        replace(1);
        thread.interrupt();
        room.ifPresent(ReadBudget.Reservation::close);
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
      room = Optional.of(granted);
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
