package org.seeql.udf.batch;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.model.LoadedModel;

/**
 * The layout for a CPU: each thread takes a few images, decodes them, runs the model on its own
 * core, and reads the output. No thread waits for another, pixels stay in the core's cache, and
 * decoding never competes with more model calls than there are cores.
 */
final class FusedLanes implements Lanes {
  private static final int BATCHES_AHEAD = 3;

  private final LoadedModel model;
  private final ReadyImages ready;
  private final BatchSizeTuner tuner;
  private final BatchRunner runner;
  private final int threadCount;
  private final List<Thread> threads = new ArrayList<>();

  FusedLanes(LoadedModel model, ReadyImages ready, BatchSizeTuner tuner, int threadCount) {
    this.model = model;
    this.ready = ready;
    this.tuner = tuner;
    this.threadCount = threadCount;
    runner = new BatchRunner(model, tuner, Runnable::run);
    for (int i = 0; i < threadCount; i++) {
      threads.add(PipelineThreads.start("seeql-model-" + i, this::work));
    }
  }

  @Override
  public int wantedImages() {
    return BATCHES_AHEAD * threadCount * tuner.next(Integer.MAX_VALUE);
  }

  private void work() {
    InputFormat format = model.description().input();
    InputBuffer buffer = null;
    try (InputWriter writer = new InputWriter(format)) {
      while (true) {
        List<ImageTask<?>> images = ready.take(tuner::next, threadCount);
        if (images.isEmpty()) {
          break;
        }
        int capacity = format.fixedBatch().orElse(images.size());
        if (buffer == null || buffer.capacity() < capacity) {
          close(buffer);
          buffer = new InputBuffer(format, capacity);
        }
        run(images, writer, buffer);
      }
    } finally {
      close(buffer);
    }
  }

  private static void close(InputBuffer buffer) {
    if (buffer != null) {
      buffer.close();
    }
  }

  private void run(List<ImageTask<?>> images, InputWriter writer, InputBuffer buffer) {
    List<ImageTask<?>> decoded = new ArrayList<>();
    for (ImageTask<?> image : images) {
      if (image.decode(writer, buffer, decoded.size())) {
        decoded.add(image);
      }
    }
    if (!decoded.isEmpty()) {
      runner.run(buffer, decoded);
    }
  }

  @Override
  public void close() {
    ready.close();
    threads.forEach(PipelineThreads::join);
  }
}
