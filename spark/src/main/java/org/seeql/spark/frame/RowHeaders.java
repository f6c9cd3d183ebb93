package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.seeql.udf.batch.CloseableIterator;

/**
 * Rows with the headers of their images' files, in the order of the rows. A bounded number of files
 * is read in parallel. For one task; closes itself after the last row, or when the task ends.
 *
 * @param <T> a row; it must keep its values while it waits
 * @param <R> the value that is read from a file
 */
public final class RowHeaders<T, R> implements CloseableIterator<RowHeaders.Read<T, R>> {
  // Reading waits for disks and networks, not for cores
  private static final int READERS = 16;

  private final Iterator<T> rows;
  private final Function<T, Optional<Callable<R>>> header;
  private final Deque<Waiting<T, R>> waiting = new ArrayDeque<>();
  private final ExecutorService readers;

  private RowHeaders(Iterator<T> rows, Function<T, Optional<Callable<R>>> header) {
    this.rows = requireNonNull(rows, "rows is null");
    this.header = requireNonNull(header, "header is null");
    this.readers =
        Executors.newFixedThreadPool(
            READERS,
            work -> {
              Thread thread = new Thread(work, "seeql-header");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to read.
   *
   * @param header returns the read operation for a row's image; empty if the row has no image
   */
  public static <T, R> RowHeaders<T, R> open(
      TaskContext task, Iterator<T> rows, Function<T, Optional<Callable<R>>> header) {
    RowHeaders<T, R> opened = new RowHeaders<>(rows, header);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> opened.close());
    return opened;
  }

  /**
   * A row with its header.
   *
   * @param header empty if the row has no image
   */
  public record Read<T, R>(T row, Optional<R> header) {}

  private record Waiting<T, R>(T row, Optional<Future<R>> header) {}

  @Override
  public boolean hasNext() {
    while (waiting.size() < READERS && rows.hasNext()) {
      T row = rows.next();
      waiting.add(new Waiting<>(row, header.apply(row).map(readers::submit)));
    }
    if (waiting.isEmpty()) {
      close();
    }
    return !waiting.isEmpty();
  }

  @Override
  public Read<T, R> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Waiting<T, R> first = waiting.remove();
    return new Read<>(first.row(), first.header().map(RowHeaders::await));
  }

  private static <R> R await(Future<R> header) {
    try {
      return header.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an image", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot read an image", e.getCause());
    }
  }

  @Override
  public void close() {
    readers.shutdownNow();
    waiting.clear();
  }
}
