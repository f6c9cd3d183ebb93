package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The queues in which images wait to be read, to be decoded, or to run through their next model.
 * Threads request work from it. A full batch has priority over an image to decode. A partial batch
 * runs only if no image in progress could fill it. Thread-safe.
 */
final class RoutingQueue {
  private final List<ModelQueue> modelQueues;
  private final FileReaders readers;
  private final Limits limits;
  private final Deque<RoutedTask<?, ?>> unread = new ArrayDeque<>();
  private final Deque<RoutedTask<?, ?>> undecoded = new ArrayDeque<>();
  private int reading;
  private int working;
  private int held;
  private long heldBytes;
  private Optional<Throwable> closed = Optional.empty();

  /**
   * Limits on the work in progress.
   *
   * @param runners threads that run batches
   * @param readAhead files that are being read, or are in memory and not decoded yet
   * @param images decoded at a time
   * @param bytes of decoded images above which no further image is decoded; may be exceeded by one
   *     image per thread
   */
  record Limits(int runners, int readAhead, int images, long bytes) {}

  /** The kinds of work that a thread accepts. */
  enum Role {
    DECODE,
    RUN,
    BOTH
  }

  /** A unit of work for a thread, which has to report its completion. */
  sealed interface Work {}

  /** Completion is reported by {@link #decoded}. */
  record Decoding(RoutedTask<?, ?> image) implements Work {}

  /** Completion is reported by {@link #ran}. */
  record Batch(ModelQueue modelQueue, List<RoutedTask<?, ?>> images) implements Work {}

  RoutingQueue(List<ModelQueue> modelQueues, FileReaders readers, Limits limits) {
    this.modelQueues = List.copyOf(modelQueues);
    this.readers = readers;
    this.limits = limits;
  }

  /**
   * Accepts an image. An image that needs no model is completed at once, and its file is never
   * read.
   */
  void accept(RoutedTask<?, ?> image) {
    if (image.advance().isEmpty()) {
      return;
    }
    synchronized (this) {
      if (closed.isPresent()) {
        image.fail(closed.get());
        return;
      }
      unread.add(image);
      readMore();
    }
  }

  private void readMore() {
    while (closed.isEmpty()
        && !unread.isEmpty()
        && reading + undecoded.size() < limits.readAhead()) {
      RoutedTask<?, ?> image = unread.remove();
      if (!image.isCancelled()) {
        reading++;
        readers.read(image, hasFile -> read(image, hasFile));
      }
    }
  }

  private synchronized void read(RoutedTask<?, ?> image, boolean hasFile) {
    reading--;
    if (closed.isPresent()) {
      image.fail(closed.get());
    } else if (hasFile) {
      undecoded.add(image);
    }
    readMore();
    notifyAll();
  }

  /** Waits for work; empty if this is closed. */
  synchronized Optional<Work> take(Role role) {
    try {
      while (closed.isEmpty()) {
        Optional<Work> work = Optional.empty();
        if (role != Role.DECODE) {
          work = batch();
        }
        if (work.isEmpty() && role != Role.RUN) {
          work = decoding();
        }
        if (work.isEmpty() && role != Role.DECODE && !mayReceiveMore() && flush()) {
          continue;
        }
        if (work.isPresent()) {
          working++;
          return work;
        }
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(new IllegalStateException("The pipeline was interrupted", e));
    }
    return Optional.empty();
  }

  /**
   * Takes a batch that is ready. Prefers images that have seen the most models, because they free
   * memory soonest.
   */
  private Optional<Work> batch() {
    while (true) {
      Optional<ModelQueue> ready =
          modelQueues.stream()
              .filter(ModelQueue::isReady)
              .max(Comparator.comparingInt(ModelQueue::depth).thenComparing(ModelQueue::size));
      if (ready.isEmpty()) {
        return Optional.empty();
      }
      List<RoutedTask<?, ?>> images = ready.get().take(this::release);
      if (!images.isEmpty()) {
        return Optional.of(new Batch(ready.get(), images));
      }
    }
  }

  private Optional<Work> decoding() {
    while (canHoldMore() && !undecoded.isEmpty()) {
      RoutedTask<?, ?> image = undecoded.remove();
      readMore();
      if (!image.isCancelled()) {
        held++;
        return Optional.of(new Decoding(image));
      }
      notifyAll();
    }
    return Optional.empty();
  }

  private boolean canHoldMore() {
    return held < limits.images() && heldBytes < limits.bytes();
  }

  private boolean mayReceiveMore() {
    boolean arriving = reading > 0 || !undecoded.isEmpty() || !unread.isEmpty();
    return working > 0 || (arriving && canHoldMore());
  }

  /**
   * Releases the images that wait for one model. Starts with the images that have seen the fewest
   * models, because they may still fill the batches of later models.
   */
  private boolean flush() {
    Optional<ModelQueue> first =
        modelQueues.stream()
            .filter(ModelQueue::canBeFlushed)
            .min(
                Comparator.comparingInt(ModelQueue::minDepth)
                    .thenComparing(Comparator.comparingInt(ModelQueue::size).reversed()));
    if (first.isEmpty()) {
      return false; // do not notify: threads without work would wake each other forever
    }
    first.get().flush(limits.runners());
    notifyAll();
    return true;
  }

  /** Reports that an image is decoded or has failed. */
  void decoded(RoutedTask<?, ?> image) {
    synchronized (this) {
      heldBytes += image.bytes();
    }
    place(List.of(image));
  }

  /** Reports that the images of a batch have their answers or have failed. */
  void ran(List<RoutedTask<?, ?>> images) {
    List<RoutedTask<?, ?>> continuing =
        images.stream().filter(image -> !image.isDone() && image.advance().isPresent()).toList();
    List<RoutedTask<?, ?>> finished = new ArrayList<>(images);
    finished.removeAll(continuing);
    synchronized (this) {
      finished.forEach(this::release);
    }
    place(continuing);
  }

  private synchronized void place(List<RoutedTask<?, ?>> images) {
    working--;
    for (RoutedTask<?, ?> image : images) {
      closed.ifPresent(image::fail);
      if (image.isDone() || image.isCancelled()) {
        release(image);
      } else if (image.needsOtherPixels()) {
        release(image);
        unread.addFirst(image);
      } else {
        modelQueues.get(image.next()).add(image);
      }
    }
    readMore();
    notifyAll();
  }

  /** The native memory of decoded images, in bytes. */
  synchronized long heldBytes() {
    return heldBytes;
  }

  synchronized PipelineState state() {
    Map<String, Integer> batchSizes = new TreeMap<>();
    for (ModelQueue modelQueue : modelQueues) {
      modelQueue
          .loaded()
          .ifPresent(
              model ->
                  batchSizes.put(modelQueue.model().description().name(), model.tuner().best()));
    }
    return PipelineState.of(
        undecoded.size(), modelQueues.stream().mapToInt(ModelQueue::size).sum(), batchSizes);
  }

  synchronized void loaded(ModelQueue modelQueue, TunedModel model) {
    modelQueue.loaded(model);
    notifyAll();
  }

  synchronized void notLoaded(ModelQueue modelQueue) {
    modelQueue.notLoaded();
    notifyAll();
  }

  private synchronized void release(RoutedTask<?, ?> image) {
    held--;
    heldBytes -= image.bytes();
    image.releasePixels();
    notifyAll();
  }

  /**
   * Stops accepting images and handing out work.
   *
   * @param reason the exception for images that wait or arrive later, unless this is closed already
   */
  synchronized void close(Throwable reason) {
    closed = closed.or(() -> Optional.of(reason));
    List<RoutedTask<?, ?>> waiting = new ArrayList<>();
    modelQueues.forEach(modelQueue -> waiting.addAll(modelQueue.removeAll()));
    waiting.forEach(this::release);
    waiting.addAll(undecoded);
    waiting.addAll(unread);
    undecoded.clear();
    unread.clear();
    waiting.forEach(image -> image.fail(reason));
    notifyAll();
  }
}
