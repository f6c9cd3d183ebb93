package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.udf.image.InputFormat;

/** The queue of images for one model. Guarded by its {@link RoutingQueue}. */
final class ModelQueue {
  private final int index;
  private final RoutedModel model;
  private final Deque<RoutedTask<?, ?>> waiting = new ArrayDeque<>();
  private Optional<TunedModel> loaded = Optional.empty();
  private boolean loading;
  // the number of waiting images that may run in partial batches, and the size of these batches
  private int due;
  private int portion;

  ModelQueue(int index, RoutedModel model) {
    this.index = index;
    this.model = model;
  }

  int index() {
    return index;
  }

  RoutedModel model() {
    return model;
  }

  InputFormat format() {
    return model.description().input();
  }

  Optional<TunedModel> loaded() {
    return loaded;
  }

  void add(RoutedTask<?, ?> image) {
    waiting.add(image);
  }

  int size() {
    return waiting.size();
  }

  /**
   * Whether a batch can be taken: a full one, a partial one after a flush, or one that loads the
   * model.
   */
  boolean isReady() {
    return !loading
        && !waiting.isEmpty()
        && (loaded.isEmpty() || due > 0 || waiting.size() >= wanted());
  }

  /** Whether images wait here and no thread is loading the model. */
  boolean canBeFlushed() {
    return !loading && !waiting.isEmpty();
  }

  private int wanted() {
    BatchSize requested = waiting.element().options().batchSize();
    return format().fixedBatch().orElseGet(() -> loaded.orElseThrow().tuner().next(requested));
  }

  /** The number of models that the first image has already seen. */
  int depth() {
    return waiting.element().seen();
  }

  /** The least number of models that a waiting image has already seen. */
  int minDepth() {
    return waiting.stream().mapToInt(RoutedTask::seen).min().orElseThrow();
  }

  /** Allows all waiting images to run in partial batches, divided among the workers. */
  void flush(int workers) {
    due = waiting.size();
    portion = (due + workers - 1) / workers;
  }

  /**
   * Takes a batch. If the model is not loaded, this is one image, and the caller has to load the
   * model.
   *
   * @param dropped receives images whose run has been cancelled
   */
  List<RoutedTask<?, ?>> take(Consumer<RoutedTask<?, ?>> dropped) {
    int max = 1;
    if (loaded.isPresent()) {
      max = due > 0 ? Math.min(portion, wanted()) : wanted();
    }
    List<RoutedTask<?, ?>> taken = new ArrayList<>();
    while (taken.size() < max && !waiting.isEmpty()) {
      RoutedTask<?, ?> image = waiting.remove();
      due = Math.max(0, due - 1);
      if (image.isCancelled()) {
        dropped.accept(image);
      } else {
        taken.add(image);
      }
    }
    loading = loaded.isEmpty() && !taken.isEmpty();
    return taken;
  }

  /** Records that the model is loaded. */
  void loaded(TunedModel now) {
    loaded = Optional.of(now);
    loading = false;
  }

  /** Records that loading failed; the next image tries again. */
  void notLoaded() {
    loading = false;
  }

  /** Empties the queue. */
  List<RoutedTask<?, ?>> removeAll() {
    List<RoutedTask<?, ?>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
