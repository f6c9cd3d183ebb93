package org.seeql.job.inference;

import java.util.List;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.batch.PipelineState;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.LoadedModel;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of this JVM: one for each model and device, loaded once and shared by all tasks. A
 * limited number of idle pipelines is kept for later statements; all are closed when the JVM ends.
 * Thread-safe.
 */
public final class PipelineRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRegistry.class);
  private static final int IDLE_KEPT = 2;

  // On a CPU, many calls with one thread each are faster than one call with many threads.
  private static final int THREADS_PER_CALL = 1;

  private static final PipelineRegistry OF_JVM = new PipelineRegistry();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(OF_JVM.pipelines::closeIdle, "close the idle pipelines"));
  }

  private final SharedResources<Key, InferencePipeline> pipelines =
      new SharedResources<>(IDLE_KEPT, InferencePipeline::close);

  PipelineRegistry() {}

  public static PipelineRegistry ofJvm() {
    return OF_JVM;
  }

  private record Key(ModelDescription model, Device device) {}

  /** A lease on a pipeline; closing it returns the pipeline. */
  public static final class Lease implements AutoCloseable {
    private final SharedResources<Key, InferencePipeline>.Lease lease;

    private Lease(SharedResources<Key, InferencePipeline>.Lease lease) {
      this.lease = lease;
    }

    public InferencePipeline pipeline() {
      return lease.value();
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /**
   * Leases the pipeline of a model on a device. Loads the model if necessary.
   *
   * @param cores number of cores that the pipeline may use
   * @throws org.seeql.udf.InferenceException if the model cannot be loaded
   */
  public Lease acquire(ModelDescription model, Device device, ModelCache cache, int cores) {
    return new Lease(
        pipelines.acquire(
            new Key(model, device),
            () -> {
              LoadedModel loaded = load(model, device, cache);
              LOG.info("Model {} uses {} cores", model.name(), cores);
              return InferencePipeline.over(loaded, cores);
            }));
  }

  /** The states of the pipelines. */
  List<PipelineState> states() {
    return pipelines.values().stream().map(InferencePipeline::state).toList();
  }

  static LoadedModel load(ModelDescription model, Device device, ModelCache cache) {
    long start = System.nanoTime();
    LoadedModel loaded = ModelLoader.load(model, cache.files(model), device, THREADS_PER_CALL);
    LOG.info(
        "Loaded model {} with {} on {} in {} ms",
        model.name(),
        loaded.engine(),
        device,
        (System.nanoTime() - start) / 1_000_000);
    return loaded;
  }
}
