package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A limit on the bytes of image files that are in memory and not decoded yet. A reader reserves the
 * size of its file before reading it, and waits if necessary, in first-come, first-served order. A
 * file larger than the budget waits until no other is in memory. Thread-safe.
 */
public final class ReadBudget {
  /** How often a waiting reader checks whether its file is still needed. */
  private static final long POLL_MILLIS = 100;

  private final ReadSettings settings;
  private final Deque<Object> waiting = new ArrayDeque<>();
  private long reserved;
  private long held;

  public ReadBudget(ReadSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  private static final class OfJvm {
    private static final ReadBudget BUDGET = new ReadBudget(ReadSettings.ofJvm());
  }

  /**
   * The budget that all tasks and pipelines of this JVM share.
   *
   * @throws IllegalArgumentException if a system property is invalid
   */
  public static ReadBudget ofJvm() {
    ReadSettings.ofJvm();
    return OfJvm.BUDGET;
  }

  public ReadSettings settings() {
    return settings;
  }

  /** Reserved memory. Closing it returns the memory; closing it again has no effect. */
  public final class Reservation implements AutoCloseable {
    private final long bytes;
    private boolean returned;

    private Reservation(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public void close() {
      synchronized (ReadBudget.this) {
        if (!returned) {
          returned = true;
          reserved -= bytes;
          ReadBudget.this.notifyAll();
        }
      }
    }
  }

  /** Decides how long a caller waits for memory. */
  public interface WaitPolicy {
    /** Waits without a limit. */
    WaitPolicy UNLIMITED = () -> false;

    /** Whether the file is no longer needed. */
    boolean isOver();

    /** Called when waiting begins; waiting does not count towards time limits. */
    default void begin() {}

    /** Called when memory is granted. It is returned together with the file, or earlier. */
    default void end(Reservation reservation) {}
  }

  /**
   * Waits for memory.
   *
   * @throws IOException if the file is too large for this JVM, or the wait was cancelled
   */
  public Reservation reserve(long bytes, WaitPolicy waitPolicy) throws IOException {
    if (bytes > settings.largestFileBytes()) {
      throw new IOException(tooLarge(bytes));
    }
    waitPolicy.begin();
    Reservation reservation = await(bytes, waitPolicy);
    waitPolicy.end(reservation);
    return reservation;
  }

  private Reservation await(long bytes, WaitPolicy waitPolicy) throws IOException {
    Object me = new Object();
    synchronized (this) {
      waiting.add(me);
      try {
        while (waiting.peek() != me || !fits(bytes)) {
          wait(POLL_MILLIS);
          if (waitPolicy.isOver()) {
            throw new InterruptedIOException("The image is no longer needed");
          }
        }
        reserved += bytes;
        return new Reservation(bytes);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("Interrupted before the file was read");
      } finally {
        waiting.remove(me);
        notifyAll();
      }
    }
  }

  private boolean fits(long bytes) {
    return reserved == 0 || reserved + bytes <= settings.budgetBytes();
  }

  private String tooLarge(long bytes) {
    return "The file has %,d bytes, more than this process can hold for one file (%,d, half of its heap); increase its memory, for example with SEEQL_JAVA_OPTS=-Xmx4g"
        .formatted(bytes, settings.largestFileBytes());
  }

  /** Counts files that others hold in memory, even if they exceed the budget. */
  public synchronized void hold(long bytes) {
    held += bytes;
  }

  /** Stops counting such files. */
  public synchronized void release(long bytes) {
    held -= bytes;
  }

  /** Whether no more files should be read into memory for now. */
  public synchronized boolean isFull() {
    return reserved + held >= settings.budgetBytes();
  }

  /** The bytes that are reserved or held. */
  public synchronized long used() {
    return reserved + held;
  }
}
