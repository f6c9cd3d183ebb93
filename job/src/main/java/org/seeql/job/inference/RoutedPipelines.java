package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.PipelineState;
import org.seeql.udf.batch.RoutedModel;
import org.seeql.udf.batch.RoutedPipeline;
import org.seeql.udf.batch.TunedModel;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;

/**
 * The pipelines of this JVM over several models: one for each list of models and device, shared by
 * all tasks. The last idle pipeline is kept. Some idle models are kept, too, because other lists
 * may contain them. Thread-safe.
 */
final class RoutedPipelines {
  private static final int IDLE_PIPELINES_KEPT = 1;
  private static final int IDLE_MODELS_KEPT = 4;

  private static final RoutedPipelines OF_JVM = new RoutedPipelines();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(OF_JVM::closeIdle, "close the idle routed pipelines"));
  }

  private final SharedResources<Key, RoutedPipeline> pipelines =
      new SharedResources<>(IDLE_PIPELINES_KEPT, RoutedPipeline::close);
  private final SharedResources<ModelKey, TunedModel> models =
      new SharedResources<>(IDLE_MODELS_KEPT, TunedModel::close);

  RoutedPipelines() {}

  static RoutedPipelines ofJvm() {
    return OF_JVM;
  }

  private record Key(List<ModelDescription> models, Device device) {}

  private record ModelKey(ModelDescription model, Device device) {}

  /**
   * Leases the pipeline over several models. A model is loaded when an image first needs it.
   *
   * @param cores number of cores that the pipeline may use
   */
  SharedResources<?, RoutedPipeline>.Lease acquire(
      List<ModelDescription> descriptions, Device device, ModelCache cache, int cores) {
    return pipelines.acquire(
        new Key(List.copyOf(descriptions), device),
        () -> {
          List<RoutedModel> routed = new ArrayList<>();
          for (ModelDescription model : descriptions) {
            routed.add(new RoutedModel(model, () -> lend(model, device, cache)));
          }
          return new RoutedPipeline(routed, device, cores);
        });
  }

  /** The states of the pipelines. */
  List<PipelineState> states() {
    return pipelines.values().stream().map(RoutedPipeline::state).toList();
  }

  private TunedModel lend(ModelDescription model, Device device, ModelCache cache) {
    SharedResources<ModelKey, TunedModel>.Lease lease =
        models.acquire(
            new ModelKey(model, device),
            () -> TunedModel.of(PipelineRegistry.load(model, device, cache)));
    return lease.value().withClose(lease::close);
  }

  private void closeIdle() {
    pipelines.closeIdle();
    models.closeIdle();
  }
}
