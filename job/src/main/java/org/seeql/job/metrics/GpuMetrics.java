package org.seeql.job.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.ToLongFunction;
import org.seeql.job.metrics.NvidiaSmi.Memory;

/** The memory of the GPUs that are visible to this JVM; no metrics if there are none. */
final class GpuMetrics implements MultiCollector {
  private final NvidiaSmi gpus;

  GpuMetrics(NvidiaSmi gpus) {
    this.gpus = requireNonNull(gpus, "gpus is null");
  }

  @Override
  public synchronized MetricSnapshots collect() {
    List<Memory> memory = gpus.read();
    return memory.isEmpty()
        ? new MetricSnapshots()
        : MetricSnapshots.of(
            gauge(
                "seeql_gpu_memory_used_bytes",
                "GPU memory in use by all processes",
                memory,
                Memory::usedBytes),
            gauge("seeql_gpu_memory_size_bytes", "Total GPU memory", memory, Memory::totalBytes));
  }

  private static GaugeSnapshot gauge(
      String name, String help, List<Memory> gpus, ToLongFunction<Memory> bytes) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (Memory gpu : gpus) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(Labels.of("gpu", gpu.gpu()))
              .value((double) bytes.applyAsLong(gpu))
              .build());
    }
    return gauge.build();
  }
}
