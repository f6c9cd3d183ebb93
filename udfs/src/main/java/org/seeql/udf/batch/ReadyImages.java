package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** A first-in, first-out queue of images that are read and wait for a worker. Thread-safe. */
final class ReadyImages {
  /** How long a thread that could take a partial batch waits before it checks again. */
  private static final long POLL_MILLIS = 5;

  private final Deque<ModelTask<?>> images = new ArrayDeque<>();
  private Optional<Throwable> closed = Optional.empty();

  synchronized void add(ModelTask<?> image) {
    if (closed.isPresent()) {
      image.fail(closed.get());
      return;
    }
    images.add(image);
    notifyAll();
  }

  /**
   * Waits for images and takes some. If the first image's run has an exact batch size, waits for
   * that many, as long as more may come.
   *
   * @param size maps the batch size of the first image's run to the number of images to take
   * @param workers the number of workers that share the images if there are few
   * @return empty if this is closed
   */
  synchronized List<ModelTask<?>> take(ToIntFunction<BatchSize> size, int workers) {
    List<ModelTask<?>> taken = new ArrayList<>();
    awaitImages(size);
    if (images.isEmpty()) {
      return taken;
    }
    BatchSize requested = images.peek().options().batchSize();
    int wanted = size.applyAsInt(requested);
    int share = (images.size() + workers - 1) / workers;
    int most = requested.isExact() ? wanted : Math.max(1, Math.min(wanted, share));
    while (taken.size() < most && !images.isEmpty()) {
      taken.add(images.remove());
    }
    return taken;
  }

  /**
   * Waits for an image and takes it, to be decoded into a batch. The caller reports its arrival
   * there.
   *
   * @return empty if this is closed
   */
  synchronized Optional<ModelTask<?>> takeOne() {
    awaitImages(size -> 1);
    if (images.isEmpty()) {
      return Optional.empty();
    }
    images.element().arrivals().accepted();
    return Optional.of(images.remove());
  }

  private void awaitImages(ToIntFunction<BatchSize> size) {
    try {
      dropCancelled();
      while (closed.isEmpty() && (images.isEmpty() || isWaitingForMore(size))) {
        wait(images.isEmpty() ? 0 : POLL_MILLIS);
        dropCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private boolean isWaitingForMore(ToIntFunction<BatchSize> size) {
    ModelTask<?> first = images.element();
    BatchSize requested = first.options().batchSize();
    return requested.isExact() && images.size() < size.applyAsInt(requested) && first.mayBeJoined();
  }

  private void dropCancelled() {
    while (!images.isEmpty() && images.peek().isCancelled()) {
      images.remove();
    }
  }

  synchronized int size() {
    return images.size();
  }

  synchronized boolean isEmpty() {
    return images.isEmpty();
  }

  void close() {
    close(new IllegalStateException("The pipeline is closed"));
  }

  /**
   * Stops accepting images.
   *
   * @param reason the exception for images that wait or arrive later, unless this is closed already
   */
  synchronized void close(Throwable reason) {
    closed = closed.or(() -> Optional.of(reason));
    images.forEach(image -> image.fail(reason));
    images.clear();
    notifyAll();
  }
}
