package org.seeql.job.metrics;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.seeql.udf.batch.PipelineState;

/** How the pipelines stand when they are looked at. */
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
        .help("Images that a call of a loaded model gets at most, as far as is found out")
        .labelNames("model")
        .callback(gauge -> batchSizes(states.get()).forEach((m, size) -> gauge.call(size, m)))
        .register(registry);
  }

  private static int sum(List<PipelineState> states, ToIntFunction<PipelineState> count) {
    return states.stream().mapToInt(count).sum();
  }

  /** Of a model that is loaded more than once, the largest. */
  private static Map<String, Integer> batchSizes(List<PipelineState> states) {
    Map<String, Integer> sizes = new TreeMap<>();
    states.forEach(
        state -> state.batchSizes().forEach((model, size) -> sizes.merge(model, size, Math::max)));
    return sizes;
  }
}
