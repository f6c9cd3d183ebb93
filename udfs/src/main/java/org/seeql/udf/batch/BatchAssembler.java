package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;

/**
 * Assembles batches that several threads fill and one thread takes, with a fixed number of buffers.
 * Thread-safe.
 */
final class BatchAssembler implements AutoCloseable {
  /** How long a thread that could take a partial batch waits before it checks again. */
  private static final long POLL_MILLIS = 2;

  private final InputFormat format;
  private final Deque<InputBuffer> free = new ArrayDeque<>();
  private final Deque<Batch> full = new ArrayDeque<>();
  private int unallocated;
  private Optional<Batch> filling = Optional.empty();
  private Optional<RuntimeException> closed = Optional.empty();

  BatchAssembler(InputFormat format, int buffers) {
    this.format = format;
    unallocated = buffers;
  }

  /** A batch in progress; guarded by the assembler. */
  static final class Batch {
    private final InputBuffer buffer;
    private final int capacity;
    private final List<Optional<ModelTask<?>>> slots = new ArrayList<>();
    private int undecided;

    Batch(InputBuffer buffer, int capacity) {
      this.buffer = buffer;
      this.capacity = capacity;
    }

    InputBuffer buffer() {
      return buffer;
    }

    private Optional<ModelTask<?>> first() {
      return slots.stream().flatMap(Optional::stream).findFirst();
    }

    /** Closes the gaps of failed images and returns the other tasks in the order of their slots. */
    List<ModelTask<?>> compact() {
      List<ModelTask<?>> images = new ArrayList<>();
      for (int slot = 0; slot < slots.size(); slot++) {
        if (slots.get(slot).isPresent()) {
          if (images.size() < slot) {
            buffer.move(slot, images.size());
          }
          images.add(slots.get(slot).get());
        }
      }
      return images;
    }
  }

  /** The position of one image in a batch. */
  record Slot(Batch batch, int index) {}

  /**
   * Waits for space and reserves a slot.
   *
   * @param capacity of a new batch, if one has to be started
   * @return empty if this is closed
   */
  synchronized Optional<Slot> claim(int capacity) throws InterruptedException {
    while (filling.isEmpty() && free.isEmpty() && unallocated == 0 && closed.isEmpty()) {
      wait();
    }
    if (closed.isPresent()) {
      return Optional.empty();
    }
    if (filling.isEmpty()) {
      filling = Optional.of(new Batch(buffer(capacity), capacity));
    }
    Batch batch = filling.get();
    batch.slots.add(Optional.empty());
    batch.undecided++;
    Slot slot = new Slot(batch, batch.slots.size() - 1);
    if (batch.slots.size() == batch.capacity) {
      filling = Optional.empty();
    }
    return Optional.of(slot);
  }

  private InputBuffer buffer(int capacity) {
    if (!free.isEmpty()) {
      InputBuffer buffer = free.pop();
      if (buffer.capacity() == capacity) {
        return buffer;
      }
      buffer.close();
      unallocated++;
    }
    // allocate first: the counter must not change if the allocation fails
    InputBuffer buffer = new InputBuffer(format, capacity);
    unallocated--;
    return buffer;
  }

  /**
   * Records the outcome for a slot.
   *
   * @param image empty if it failed
   */
  synchronized void decide(Slot slot, Optional<ModelTask<?>> image) {
    Batch batch = slot.batch;
    batch.slots.set(slot.index, image);
    batch.undecided--;
    if (batch.undecided == 0 && batch.slots.size() == batch.capacity) {
      full.add(batch);
    }
    // no thread takes the batch after closing
    closed.ifPresent(reason -> batch.slots.forEach(s -> s.ifPresent(i -> i.fail(reason))));
    notifyAll();
  }

  /**
   * Waits for a full batch, or for a partial batch if no more images are about to arrive.
   *
   * @param isLast whether no more images are about to join the batch of an image
   * @return empty if this is closed
   */
  synchronized Optional<Batch> take(Predicate<ModelTask<?>> isLast) throws InterruptedException {
    while (closed.isEmpty()) {
      if (!full.isEmpty()) {
        return Optional.of(full.remove());
      }
      boolean partial = filling.isPresent() && filling.get().undecided == 0;
      if (partial && filling.get().first().filter(isLast.negate()).isEmpty()) {
        Optional<Batch> batch = filling;
        filling = Optional.empty();
        return batch;
      }
      wait(partial ? POLL_MILLIS : 0);
    }
    return Optional.empty();
  }

  /** Returns a batch's buffer to the pool. */
  synchronized void release(Batch batch) {
    if (closed.isPresent()) {
      batch.buffer.close();
    } else {
      free.push(batch.buffer);
      notifyAll();
    }
  }

  /**
   * Wakes all waiting threads and ends their wait.
   *
   * @param reason the exception for images in batches that are not taken yet, and for images that
   *     are decoded later
   */
  synchronized void stop(RuntimeException reason) {
    closed = closed.or(() -> Optional.of(reason));
    images().forEach(image -> image.fail(reason));
    notifyAll();
  }

  /** The reason for which it was stopped. */
  synchronized RuntimeException reason() {
    return closed.orElseThrow();
  }

  /** The number of images in batches that are not taken yet. */
  synchronized int waitingImages() {
    return images().size();
  }

  private List<ModelTask<?>> images() {
    List<Batch> batches = new ArrayList<>(full);
    filling.ifPresent(batches::add);
    List<ModelTask<?>> images = new ArrayList<>();
    batches.forEach(batch -> batch.slots.forEach(slot -> slot.ifPresent(images::add)));
    return images;
  }

  /** Frees the buffers; call it only when no thread uses a buffer any more. */
  @Override
  public synchronized void close() {
    stop(new IllegalStateException("The pipeline is closed"));
    free.forEach(InputBuffer::close);
    full.forEach(batch -> batch.buffer.close());
    filling.ifPresent(batch -> batch.buffer.close());
    free.clear();
    full.clear();
    filling = Optional.empty();
  }
}
