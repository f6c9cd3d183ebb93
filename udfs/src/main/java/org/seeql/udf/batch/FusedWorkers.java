package org.seeql.udf.batch;

import java.util.ArrayList;
import java.util.List;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.model.LoadedModel;

/**
 * The thread layout for a CPU. Each thread takes a few images, decodes them, runs the model on its
 * own core, and decodes the output. Threads do not wait for each other, and pixels stay in the
 * core's cache. There are never more concurrent model calls than cores.
 */
final class FusedWorkers implements PipelineWorkers {
  private static final int BATCHES_AHEAD = 3;

  private final LoadedModel model;
  private final ReadyImages ready;
  private final BatchSizeTuner tuner;
  private final BatchRunner runner;
  private final CallWatch watch;
  private final int threadCount;
  private final List<Thread> threads = new ArrayList<>();

  FusedWorkers(LoadedModel model, ReadyImages ready, BatchSizeTuner tuner, int threadCount) {
    this.model = model;
    this.ready = ready;
    this.tuner = tuner;
    this.threadCount = threadCount;
    watch = new CallWatch(CallWatch.limit(), ready::close);
    runner = new BatchRunner(model, tuner, Runnable::run, watch);
    for (int i = 0; i < threadCount; i++) {
      threads.add(PipelineThreads.start("seeql-model-" + i, this::work));
    }
  }

  @Override
  public int wantedImages(BatchSize requested) {
    return BATCHES_AHEAD * threadCount * tuner.next(requested);
  }

  /** Always 0: the thread that decodes images also runs the model on them. */
  @Override
  public int decodedImages() {
    return 0;
  }

  private void work() {
    try (Worker worker = new Worker()) {
      while (true) {
        List<ModelTask<?>> images = ready.take(tuner::next, threadCount);
        if (images.isEmpty()) {
          return;
        }
        try {
          worker.run(images);
        } catch (RuntimeException | Error e) {
          images.forEach(image -> image.fail(e));
        }
      }
    } catch (RuntimeException | Error e) {
      // a thread cannot work without its buffers, and images must not wait for it
      ready.close(e);
    }
  }

  /** The buffers that one thread keeps between batches. */
  private final class Worker implements AutoCloseable {
    private final InputFormat format = model.description().input();
    private final InputWriter writer = new InputWriter(format);
    private InputBuffer buffer = new InputBuffer(format, format.fixedBatch().orElse(1));

    void run(List<ModelTask<?>> images) {
      if (buffer.capacity() < images.size()) {
        InputBuffer larger = new InputBuffer(format, images.size());
        buffer.close();
        buffer = larger;
      }
      List<ModelTask<?>> decoded = new ArrayList<>();
      for (ModelTask<?> image : images) {
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
      writer.close();
      buffer.close();
    }
  }

  @Override
  public void close() {
    ready.close();
    threads.forEach(watch::join);
  }

  @Override
  public boolean isStuck() {
    return watch.isStuck();
  }
}
