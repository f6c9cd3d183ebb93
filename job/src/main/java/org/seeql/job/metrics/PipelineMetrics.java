package org.seeql.job.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.seeql.udf.batch.PipelineState;

/** The states of the pipelines at the time of a scrape. */
final class PipelineMetrics {
  private PipelineMetrics() {}

  static void register(PrometheusRegistry registry, Supplier<List<PipelineState>> states) {
    GaugeWithCallback.builder()
        .name("seeql_waiting_images")
        .help("Images in memory that wait for their next step")
        .labelNames("step")
        .callback(
            gauge -> {
              List<PipelineState> now = states.get();
              gauge.call(sum(now, PipelineState::read), "decode");
              gauge.call(sum(now, PipelineState::decoded), "inference");
            })
        .register(registry);
    GaugeWithCallback.builder()
        .name("seeql_batch_size")
        .help("Maximum number of images per call of a loaded model, as measured so far")
        .labelNames("model")
        .callback(gauge -> batchSizes(states.get()).forEach((m, size) -> gauge.call(size, m)))
        .register(registry);
  }

  private static int sum(List<PipelineState> states, ToIntFunction<PipelineState> count) {
    return states.stream().mapToInt(count).sum();
  }

  /** The largest batch size, if a model is loaded more than once. */
  private static Map<String, Integer> batchSizes(List<PipelineState> states) {
    Map<String, Integer> sizes = new TreeMap<>();
    states.forEach(
        state -> state.batchSizes().forEach((model, size) -> sizes.merge(model, size, Math::max)));
    return sizes;
  }
}
