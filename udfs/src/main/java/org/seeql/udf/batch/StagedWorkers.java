package org.seeql.udf.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.model.LoadedModel;

/**
 * The thread layout for a GPU. Many threads decode into the batch that is being filled, and one
 * thread runs full batches on the device. Other threads decode the output while the next batch
 * runs.
 */
final class StagedWorkers implements PipelineWorkers {
  /** One on the device, one full, one being filled. */
  private static final int BATCHES = 3;

  private final LoadedModel model;
  private final ReadyImages ready;
  private final BatchSizeTuner tuner;
  private final BatchRunner runner;
  private final CallWatch watch;
  private final BatchAssembler assembler;
  private final ExecutorService postprocessing;
  private final List<Thread> decoders = new ArrayList<>();
  private final Thread device;

  StagedWorkers(LoadedModel model, ReadyImages ready, BatchSizeTuner tuner, int threadCount) {
    this.model = model;
    this.ready = ready;
    this.tuner = tuner;
    postprocessing =
        Executors.newFixedThreadPool(
            Math.max(1, threadCount / 2), PipelineThreads.named("seeql-postprocess"));
    assembler = new BatchAssembler(model.description().input(), BATCHES);
    watch = new CallWatch(CallWatch.limit(), this::stop);
    runner = new BatchRunner(model, tuner, postprocessing, watch);
    for (int i = 0; i < threadCount; i++) {
      decoders.add(PipelineThreads.start("seeql-decode-" + i, this::decode));
    }
    device = PipelineThreads.start("seeql-device", this::runDevice);
  }

  @Override
  public int wantedImages(BatchSize requested) {
    return BATCHES * tuner.next(requested) + decoders.size();
  }

  @Override
  public int decodedImages() {
    return assembler.waitingImages();
  }

  private void decode() {
    InputFormat format = model.description().input();
    try (InputWriter writer = new InputWriter(format)) {
      while (true) {
        Optional<ModelTask<?>> image = ready.takeOne();
        if (image.isEmpty()) {
          return;
        }
        try {
          decode(image.get(), writer);
        } finally {
          image.get().arrivals().arrived();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // a thread cannot work without its buffers, and images must not wait for it
      ready.close(e);
    }
  }

  private void decode(ModelTask<?> image, InputWriter writer) throws InterruptedException {
    Optional<BatchAssembler.Slot> slot;
    try {
      slot = assembler.claim(capacity(image));
    } catch (RuntimeException | Error e) {
      image.fail(e);
      return;
    }
    if (slot.isEmpty()) {
      // the assembler has already failed the images that it held
      image.fail(assembler.reason());
      return;
    }
    boolean decoded = image.decode(writer, slot.get().batch().buffer(), slot.get().index());
    assembler.decide(slot.get(), decoded ? Optional.of(image) : Optional.empty());
  }

  private int capacity(ModelTask<?> image) {
    BatchSize requested = image.options().batchSize();
    return model.description().input().fixedBatch().orElseGet(() -> tuner.next(requested));
  }

  private void runDevice() {
    try {
      while (true) {
        Optional<BatchAssembler.Batch> batch = assembler.take(this::isLast);
        if (batch.isEmpty()) {
          return;
        }
        List<ModelTask<?>> images = batch.get().compact();
        if (!images.isEmpty()) {
          runner.run(batch.get().buffer(), images);
        }
        assembler.release(batch.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether no more images are about to join the batch of an image. */
  private boolean isLast(ModelTask<?> image) {
    return ready.isEmpty() && !(image.options().batchSize().isExact() && image.mayBeJoined());
  }

  private void stop(RuntimeException reason) {
    ready.close(reason);
    assembler.stop(reason);
  }

  @Override
  public boolean isStuck() {
    return watch.isStuck();
  }

  @Override
  public void close() {
    stop(new IllegalStateException("The pipeline is closed"));
    decoders.forEach(watch::join);
    watch.join(device);
    postprocessing.shutdown();
    // the model must not be closed while its output is in use
    watch.join(postprocessing);
    if (!watch.isStuck()) {
      assembler.close();
    }
  }
}
