package org.seeql.udf.batch;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.seeql.udf.batch.RoutingQueue.Role;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.PixelReader;
import org.seeql.udf.model.Device;

/**
 * The threads that process images from the {@link RoutingQueue}. On a CPU, each thread does all
 * steps on its own core. For a GPU, many threads decode, and a few take turns on the device. While
 * one of them runs a batch, another writes the next, and a third decodes the previous output.
 */
final class RoutingWorkers implements PipelineWorkers {
  private static final int GPU_RUNNERS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final RoutingQueue queue;
  private final int wantedImages;
  private final boolean onCpu;

  /** Of each model's input. */
  private final List<InputFormat> formats;

  private final Semaphore calls;
  private final CallWatch watch;
  private final ExecutorService writing;
  private final Map<InputFormat, BatchInput> inputs = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();

  RoutingWorkers(
      RoutingQueue queue,
      List<InputFormat> formats,
      Device device,
      int threadCount,
      int wantedImages) {
    this.queue = queue;
    this.wantedImages = wantedImages;
    this.onCpu = !device.isGpu();
    this.formats = List.copyOf(formats);
    watch = new CallWatch(CallWatch.limit(), queue::close);
    calls = new Semaphore(device.isGpu() ? 1 : Integer.MAX_VALUE);
    writing = Executors.newFixedThreadPool(threadCount, PipelineThreads.named("seeql-write"));
    for (InputFormat format : formats) {
      inputs.computeIfAbsent(
          format,
          f ->
              device.isGpu()
                  ? new BatchInput(f, writing, threadCount)
                  : new BatchInput(f, Runnable::run, 1));
    }
    for (int i = 0; i < threadCount; i++) {
      start("seeql-route-" + i, device.isGpu() ? Role.DECODE : Role.BOTH);
    }
    for (int i = 0; i < (device.isGpu() ? GPU_RUNNERS : 0); i++) {
      start("seeql-device-" + i, Role.RUN);
    }
  }

  private void start(String name, Role role) {
    threads.add(PipelineThreads.start(name, () -> work(role)));
  }

  @Override
  public int wantedImages(BatchSize requested) {
    return wantedImages;
  }

  @Override
  public int decodedImages() {
    return queue.state().decoded();
  }

  private void work(Role role) {
    try (Worker worker = new Worker()) {
      while (true) {
        Optional<RoutingQueue.Work> work = queue.take(role);
        if (work.isEmpty()) {
          return;
        }
        if (work.get() instanceof RoutingQueue.Batch batch) {
          worker.run(batch);
        } else if (work.get() instanceof RoutingQueue.Decoding decoding) {
          decoding.image().decode(worker.reader, formats);
          queue.decoded(decoding.image());
        }
      }
    } catch (RuntimeException | Error e) {
      // a thread that fails loses its work, so images must not wait for it
      queue.close(e);
    }
  }

  /** The buffers that one thread keeps between units of work. */
  private final class Worker implements AutoCloseable {
    private final PixelReader reader = new PixelReader();
    private final Map<InputFormat, InputBuffer> buffers = new HashMap<>();

    void run(RoutingQueue.Batch batch) {
      try {
        TunedModel model = load(batch);
        long start = processorNanos();
        BatchInput input = inputs.get(batch.modelQueue().format());
        InputBuffer buffer = buffer(input, batch);
        List<RoutedTask<?, ?>> written = input.write(batch.images(), buffer);
        if (!written.isEmpty()) {
          new BatchRunner(model.model(), model.tuner(), Runnable::run, calls, watch)
              .run(buffer, written);
        }
        long share = atLeastLatency(model, (processorNanos() - start) / batch.images().size());
        batch
            .images()
            .forEach(image -> image.routedTimes().processed(batch.modelQueue().index(), share));
      } catch (RuntimeException | Error e) {
        batch.images().forEach(image -> image.fail(e));
      } finally {
        queue.ran(batch.images());
      }
    }

    private InputBuffer buffer(BatchInput input, RoutingQueue.Batch batch) {
      InputFormat format = batch.modelQueue().format();
      InputBuffer buffer = buffers.get(format);
      if (buffer == null || buffer.capacity() < batch.images().size()) {
        InputBuffer larger = input.newBuffer(batch.images().size());
        Optional.ofNullable(buffers.put(format, larger)).ifPresent(InputBuffer::close);
        return larger;
      }
      return buffer;
    }

    @Override
    public void close() {
      reader.close();
      buffers.values().forEach(InputBuffer::close);
    }
  }

  /** Processor time of this thread, which on a CPU does all the work of a batch; 0 on a GPU. */
  private long processorNanos() {
    return onCpu && THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : 0;
  }

  /** A thread that waits for the latency of a variation uses no processor time. */
  private long atLeastLatency(TunedModel model, long processorNanos) {
    return onCpu
        ? Math.max(processorNanos, model.model().description().variation().latency().toNanos())
        : processorNanos;
  }

  private TunedModel load(RoutingQueue.Batch batch) {
    ModelQueue modelQueue = batch.modelQueue();
    Optional<TunedModel> loaded = modelQueue.loaded();
    if (loaded.isPresent()) {
      return loaded.get();
    }
    long start = System.nanoTime();
    try {
      TunedModel model = modelQueue.model().load().get();
      batch.images().get(0).routedTimes().loaded(modelQueue.index(), System.nanoTime() - start);
      queue.loaded(modelQueue, model);
      return model;
    } catch (RuntimeException | Error e) {
      queue.notLoaded(modelQueue);
      throw e;
    }
  }

  @Override
  public void close() {
    queue.close(new IllegalStateException("The pipeline is closed"));
    threads.forEach(watch::join);
    writing.shutdown();
    if (!watch.isStuck()) {
      inputs.values().forEach(BatchInput::close);
    }
  }

  @Override
  public boolean isStuck() {
    return watch.isStuck();
  }
}
