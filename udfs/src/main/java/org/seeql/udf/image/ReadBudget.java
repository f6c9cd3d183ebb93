package org.seeql.udf.image;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many bytes of image files may be in memory at once, before they are decoded. Whoever wants to
 * read a file reserves its size, and waits for room, first come first served. A file larger than
 * the budget waits until there is no other. Thread-safe.
 */
public final class ReadBudget {
  /** How often one that waits looks whether it is still wanted. */
  private static final long LOOK_MILLIS = 100;

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
   * The one that all tasks and pipelines of this JVM share.
   *
   * @throws IllegalArgumentException if a system property cannot be understood
   */
  public static ReadBudget ofJvm() {
    ReadSettings.ofJvm();
    return OfJvm.BUDGET;
  }

  public ReadSettings settings() {
    return settings;
  }

  /** Room in memory; closing it gives it back, once. */
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

  /** Decides how long a caller waits for room. */
  public interface Patience {
    /** For those who wait until there is room. */
    Patience ENDLESS = () -> false;

    /** Whether nobody wants the file any more. */
    boolean isOver();

    /** Waiting begins; it counts for no time limit. */
    default void begin() {}

    /** There is room, which is given back with the file, or earlier. */
    default void end(Reservation room) {}
  }

  /**
   * Waits for room.
   *
   * @throws IOException if the file is too large for this JVM, or waiting has come to nothing
   */
  public Reservation reserve(long bytes, Patience patience) throws IOException {
    if (bytes > settings.largestFileBytes()) {
      throw new IOException(tooLarge(bytes));
    }
    patience.begin();
    Reservation room = await(bytes, patience);
    patience.end(room);
    return room;
  }

  private Reservation await(long bytes, Patience patience) throws IOException {
    Object me = new Object();
    synchronized (this) {
      waiting.add(me);
      try {
        while (waiting.peek() != me || !fits(bytes)) {
          wait(LOOK_MILLIS);
          if (patience.isOver()) {
            throw new InterruptedIOException("The image is not wanted any more");
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
    return "The file has %,d bytes, more than this process can hold of one file (%,d, half of its heap); give it more memory (such as SEEQL_JAVA_OPTS=-Xmx4g)"
        .formatted(bytes, settings.largestFileBytes());
  }

  /** Takes note of files that others hold in memory, whether there is room or not. */
  public synchronized void hold(long bytes) {
    held += bytes;
  }

  /** Takes note that such files are gone. */
  public synchronized void release(long bytes) {
    held -= bytes;
  }

  /** Whether no more files should be taken into memory for now. */
  public synchronized boolean isFull() {
    return reserved + held >= settings.budgetBytes();
  }

  /** The bytes that are reserved or held. */
  public synchronized long used() {
    return reserved + held;
  }
}
