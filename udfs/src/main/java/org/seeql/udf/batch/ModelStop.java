package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.udf.image.InputFormat;

/** The images that wait for one model. Guarded by its {@link RoutingQueue}. */
final class ModelStop {
  private final int index;
  private final RoutedModel model;
  private final Deque<RoutedTask<?, ?>> waiting = new ArrayDeque<>();
  private Optional<TunedModel> loaded = Optional.empty();
  private boolean loading;
  // of those that wait, how many go without a full batch, and in which portions
  private int due;
  private int portion;

  ModelStop(int index, RoutedModel model) {
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

  /** Whether a batch is to be taken: a full one, one that is due, or one to load the model for. */
  boolean isReady() {
    return !loading
        && !waiting.isEmpty()
        && (loaded.isEmpty() || due > 0 || waiting.size() >= wanted());
  }

  /** Whether images wait here that are in nobody's hands. */
  boolean canBeFlushed() {
    return !loading && !waiting.isEmpty();
  }

  private int wanted() {
    int most = waiting.element().options().largestBatch().orElse(Integer.MAX_VALUE);
    return format().fixedBatch().orElseGet(() -> loaded.orElseThrow().tuner().next(most));
  }

  /** How many models the first image has seen before. */
  int depth() {
    return waiting.element().seen();
  }

  /** The fewest models that an image has seen before. */
  int leastDepth() {
    return waiting.stream().mapToInt(RoutedTask::seen).min().orElseThrow();
  }

  /** Lets all that wait go, divided among so many workers. */
  void flush(int workers) {
    due = waiting.size();
    portion = (due + workers - 1) / workers;
  }

  /**
   * Takes a batch; of a model that is not loaded, one image and the duty to load it.
   *
   * @param dropped gets images whose run is over
   */
  List<RoutedTask<?, ?>> take(Consumer<RoutedTask<?, ?>> dropped) {
    int most = 1;
    if (loaded.isPresent()) {
      most = due > 0 ? Math.min(portion, wanted()) : wanted();
    }
    List<RoutedTask<?, ?>> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty()) {
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

  /** The model is there. */
  void loaded(TunedModel now) {
    loaded = Optional.of(now);
    loading = false;
  }

  /** The model could not be loaded; the next image tries again. */
  void notLoaded() {
    loading = false;
  }

  /** Empties the stop. */
  List<RoutedTask<?, ?>> removeAll() {
    List<RoutedTask<?, ?>> all = List.copyOf(waiting);
    waiting.clear();
    return all;
  }
}
