package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipelines of this JVM: one a model and device, loaded once, shared by all tasks. One that
 * nobody uses is kept for the next statement, until too many are; all are closed when the JVM ends.
 * Thread-safe.
 */
public final class PipelineRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRegistry.class);
  private static final int IDLE_KEPT = 2;

  // On a CPU many calls of one thread each beat one call of many threads.
  private static final int THREADS_A_CALL = 1;

  private static final PipelineRegistry OF_JVM = new PipelineRegistry();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(OF_JVM::closeIdle, "close the idle pipelines"));
  }

  // in the order of their last use
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  PipelineRegistry() {}

  public static PipelineRegistry ofJvm() {
    return OF_JVM;
  }

  private record Key(ModelDescription model, Device device) {}

  private static final class Entry {
    private InferencePipeline pipeline;
    private int users;

    // Loading takes seconds: it blocks those who want the same model, and nobody else.
    private synchronized InferencePipeline load(Key key, ModelCache cache, int cores) {
      if (pipeline == null) {
        long start = System.nanoTime();
        pipeline =
            InferencePipeline.over(
                ModelLoader.load(
                    key.model(), cache.files(key.model()), key.device(), THREADS_A_CALL),
                cores);
        LOG.info(
            "Loaded model {} with {} on {} in {} ms",
            key.model().name(),
            pipeline.model().engine(),
            key.device(),
            (System.nanoTime() - start) / 1_000_000);
      }
      return pipeline;
    }

    private synchronized void close() {
      if (pipeline != null) {
        pipeline.close();
        pipeline = null;
      }
    }
  }

  /** A pipeline for as long as it is needed; closing gives it back. */
  public final class Lease implements AutoCloseable {
    private final Entry entry;
    private final InferencePipeline pipeline;
    private boolean returned;

    private Lease(Entry entry, InferencePipeline pipeline) {
      this.entry = entry;
      this.pipeline = requireNonNull(pipeline, "pipeline is null");
    }

    public InferencePipeline pipeline() {
      return pipeline;
    }

    @Override
    public void close() {
      if (!returned) {
        returned = true;
        giveBack(entry);
      }
    }
  }

  /**
   * The pipeline of a model on a device, loaded if it is not there yet.
   *
   * @param cores how many it may use
   * @throws org.seeql.udf.model.InferenceException if the model cannot be loaded
   */
  public Lease acquire(ModelDescription model, Device device, ModelCache cache, int cores) {
    Key key = new Key(model, device);
    Entry entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, k -> new Entry());
      entry.users++;
    }
    try {
      return new Lease(entry, entry.load(key, cache, cores));
    } catch (RuntimeException e) {
      giveBack(entry);
      throw e;
    }
  }

  private void giveBack(Entry entry) {
    List<Entry> tooMany = new ArrayList<>();
    synchronized (this) {
      entry.users--;
      long idle = entries.values().stream().filter(e -> e.users == 0).count();
      for (var oldest = entries.values().iterator(); oldest.hasNext() && idle > IDLE_KEPT; ) {
        Entry candidate = oldest.next();
        if (candidate.users == 0) {
          oldest.remove();
          tooMany.add(candidate);
          idle--;
        }
      }
    }
    tooMany.forEach(Entry::close);
  }

  private void closeIdle() {
    List<Entry> idle;
    synchronized (this) {
      idle = entries.values().stream().filter(e -> e.users == 0).toList();
      entries.values().removeAll(idle);
    }
    idle.forEach(Entry::close);
  }
}
