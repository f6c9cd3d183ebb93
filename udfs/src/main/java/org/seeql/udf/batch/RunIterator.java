package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.seeql.udf.image.ReadBudget;

/**
 * The results of one run in the order of its images. Keeps just enough images in progress to use
 * the pipeline fully. Not thread-safe.
 *
 * @param <S> an image
 * @param <T> its task
 * @param <R> its result
 */
final class RunIterator<S, T extends ImageTask<R>, R> implements CloseableIterator<R> {
  private final Iterator<S> images;
  private final Function<S, T> task;
  private final Pipeline<T> pipeline;
  private final ReadBudget budget;
  private final Deque<T> active = new ArrayDeque<>();
  private boolean closed;

  /**
   * What a run needs of the pipeline.
   *
   * @param accept receives an image and eventually completes its task
   * @param wantedImages the number of images to keep in progress
   * @param ended called when the run has no more images; may be called more than once
   */
  record Pipeline<T>(Consumer<T> accept, IntSupplier wantedImages, Runnable ended) {}

  /**
   * @param budget memory for files; fewer images are in progress when it is full
   */
  RunIterator(Iterator<S> images, Function<S, T> task, Pipeline<T> pipeline, ReadBudget budget) {
    this.images = images;
    this.task = task;
    this.pipeline = pipeline;
    this.budget = budget;
  }

  private void topUp() {
    int wanted = closed ? 0 : pipeline.wantedImages().getAsInt();
    while (active.size() < wanted && (active.isEmpty() || !budget.isFull())) {
      if (!images.hasNext()) {
        pipeline.ended().run();
        return;
      }
      T image = task.apply(images.next());
      active.add(image);
      budget.hold(image.bytesHeld());
      pipeline.accept().accept(image);
    }
  }

  @Override
  public boolean hasNext() {
    topUp();
    return !active.isEmpty();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      R result = active.element().await();
      budget.release(active.remove().bytesHeld());
      return result;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    pipeline.ended().run();
    active.forEach(ImageTask::cancel);
    active.forEach(image -> budget.release(image.bytesHeld()));
    active.clear();
  }
}
