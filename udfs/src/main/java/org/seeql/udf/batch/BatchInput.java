package org.seeql.udf.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.PixelWriter;

/**
 * Writes batches of decoded images into a model's input. Thread-safe; close it only while no thread
 * uses it.
 */
final class BatchInput implements AutoCloseable {
  private final InputFormat format;
  private final Executor executor;
  private final int parts;
  private final Queue<PixelWriter> writers = new ConcurrentLinkedQueue<>();

  /**
   * @param executor writes the parts of a batch; may be the calling thread
   * @param parts the number of parts into which a batch is split
   */
  BatchInput(InputFormat format, Executor executor, int parts) {
    this.format = format;
    this.executor = executor;
    this.parts = parts;
  }

  InputBuffer newBuffer(int images) {
    return new InputBuffer(format, format.fixedBatch().orElse(images));
  }

  /**
   * Writes images into the first slots and returns those that were written, in the order of their
   * slots.
   */
  List<RoutedTask<?, ?>> write(List<RoutedTask<?, ?>> images, InputBuffer target) {
    boolean[] written = new boolean[images.size()];
    int size = (images.size() + parts - 1) / parts;
    CompletableFuture<?>[] writing =
        IntStream.iterate(0, from -> from < images.size(), from -> from + size)
            .mapToObj(
                from ->
                    CompletableFuture.runAsync(
                        () ->
                            write(
                                images,
                                from,
                                Math.min(from + size, images.size()),
                                target,
                                written),
                        executor))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(writing).join();
    List<RoutedTask<?, ?>> kept = new ArrayList<>();
    for (int slot = 0; slot < written.length; slot++) {
      if (written[slot]) {
        if (kept.size() < slot) {
          target.move(slot, kept.size());
        }
        kept.add(images.get(slot));
      }
    }
    return kept;
  }

  private void write(
      List<RoutedTask<?, ?>> images, int from, int to, InputBuffer target, boolean[] written) {
    PixelWriter free = writers.poll();
    PixelWriter writer = free == null ? new PixelWriter(format) : free;
    for (int slot = from; slot < to; slot++) {
      written[slot] = images.get(slot).write(writer, target, slot);
    }
    writers.add(writer);
  }

  @Override
  public void close() {
    writers.forEach(PixelWriter::close);
    writers.clear();
  }
}
