package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.util.TaskCompletionListener;
import org.seeql.job.inference.Devices;
import org.seeql.job.inference.ExecutorCores;
import org.seeql.job.inference.PipelineRegistry;
import org.seeql.job.inference.WorkListeners;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.ImageResult;
import org.seeql.udf.batch.ImageSource;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.image.ImageFile;

/**
 * Predictions for the images of a stream of rows, in the order of the rows. Rows are read only as
 * far ahead as needed to keep the model busy. For one task; closes itself after the last row, or
 * when the task ends.
 *
 * @param <T> a row; it must keep its values while it waits for its image
 */
public final class RowPredictions<T> implements CloseableIterator<RowPrediction<T>> {
  // Rows without an image are cheap, but the number of waiting rows must be limited.
  private static final int MAX_WAITING = 4096;

  private final TaskContext task;
  private final Iterator<T> rows;
  private final Function<T, Optional<ImageBytes>> image;
  private final PipelineRegistry.Lease lease;
  private final StageTimes times = new StageTimes(WorkListeners.ofJvm());
  private final CloseableIterator<ImageResult<RowImage>> results;
  private final Deque<Waiting<T>> waiting = new ArrayDeque<>();
  private long imagesSeen;

  private RowPredictions(
      FrameTaskSettings work,
      TaskContext task,
      Iterator<T> rows,
      Function<T, Optional<ImageBytes>> image) {
    this.task = requireNonNull(task, "task is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.image = requireNonNull(image, "image is null");
    this.lease =
        PipelineRegistry.ofJvm()
            .acquire(
                work.model(),
                Devices.choose(work.device(), task),
                new ModelCache(Path.of(work.modelCache())),
                ExecutorCores.here(work.cores()));
    this.results = lease.pipeline().run(new Images(), work.options(), times);
  }

  /**
   * Starts to predict.
   *
   * @param image returns the image of a row; empty if the row has none
   * @throws org.seeql.udf.InferenceException if the model cannot be loaded
   */
  public static <T> RowPredictions<T> open(
      FrameTaskSettings work,
      TaskContext task,
      Iterator<T> rows,
      Function<T, Optional<ImageBytes>> image) {
    RowPredictions<T> predictions = new RowPredictions<>(work, task, rows, image);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> predictions.close());
    return predictions;
  }

  private record Waiting<T>(T row, boolean hasImage) {}

  private record RowImage(long row, ImageBytes bytes) implements ImageSource {
    @Override
    public ImageFile open() throws IOException {
      return bytes.open();
    }

    @Override
    public long bytesHeld() {
      return bytes.bytesHeld();
    }
  }

  /** The images of the rows. It may be temporarily empty and return more images later. */
  private final class Images implements Iterator<RowImage> {
    private Optional<RowImage> next = Optional.empty();

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && waiting.size() < MAX_WAITING && rows.hasNext()) {
        T row = rows.next();
        next = image.apply(row).map(bytes -> new RowImage(++imagesSeen, bytes));
        waiting.add(new Waiting<>(row, next.isPresent()));
      }
      return next.isPresent();
    }

    @Override
    public RowImage next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      RowImage taken = next.orElseThrow();
      next = Optional.empty();
      return taken;
    }
  }

  @Override
  public boolean hasNext() {
    boolean more = !waiting.isEmpty() || results.hasNext() || !waiting.isEmpty();
    if (!more) {
      close();
    }
    return more;
  }

  @Override
  public RowPrediction<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (task.isInterrupted()) {
      throw new TaskKilledException("the query was cancelled");
    }
    if (!waiting.element().hasImage()) {
      return new RowPrediction<>(waiting.remove().row(), Optional.empty());
    }
    Prediction prediction = results.next().prediction();
    return new RowPrediction<>(waiting.remove().row(), Optional.of(prediction));
  }

  /** The times and counts so far. */
  public StageTimes times() {
    return times;
  }

  @Override
  public void close() {
    try (lease) {
      results.close();
    }
  }
}
