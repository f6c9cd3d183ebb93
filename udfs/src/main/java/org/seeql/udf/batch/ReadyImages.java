package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** A first-in, first-out queue of images that are read and wait for a worker. Thread-safe. */
final class ReadyImages {
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
   * Waits for images and takes some.
   *
   * @param size maps the maximum batch size of the first image's run to the number of images to
   *     take
   * @param workers the number of workers that share the images if there are few
   * @return empty if this is closed
   */
  synchronized List<ModelTask<?>> take(IntUnaryOperator size, int workers) {
    List<ModelTask<?>> taken = new ArrayList<>();
    awaitImages();
    if (images.isEmpty()) {
      return taken;
    }
    int wanted = size.applyAsInt(images.peek().options().largestBatch().orElse(Integer.MAX_VALUE));
    int share = Math.max(1, Math.min(wanted, (images.size() + workers - 1) / workers));
    while (taken.size() < share && !images.isEmpty()) {
      taken.add(images.remove());
    }
    return taken;
  }

  private void awaitImages() {
    try {
      dropCancelled();
      while (images.isEmpty() && closed.isEmpty()) {
        wait();
        dropCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
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
