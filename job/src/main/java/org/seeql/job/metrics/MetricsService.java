package org.seeql.job.metrics;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Optional;
import org.seeql.job.inference.PipelineStates;
import org.seeql.job.inference.WorkListeners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics of one JVM while Spark runs, and the endpoint that publishes them. */
final class MetricsService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsService.class);

  private final MetricsSettings settings;
  private final WorkMetrics work;
  private final MetricsEndpoint endpoint;

  private MetricsService(MetricsSettings settings, WorkMetrics work, MetricsEndpoint endpoint) {
    this.settings = requireNonNull(settings, "settings is null");
    this.work = requireNonNull(work, "work is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
  }

  /**
   * Starts to count and to answer requests.
   *
   * @param address the address to listen on
   * @return empty if metrics are disabled, or if the port is not available, which is logged
   */
  static Optional<MetricsService> start(MetricsSettings settings, String address) {
    if (settings.port() == 0) {
      return Optional.empty();
    }
    PrometheusRegistry registry = new PrometheusRegistry();
    WorkMetrics work = new WorkMetrics(registry);
    PipelineMetrics.register(registry, PipelineStates::ofJvm);
    registry.register(new SparkMetrics());
    registry.register(new GpuMetrics(NvidiaSmi.onPath()));
    JvmMetrics.builder().register(registry);
    try {
      MetricsEndpoint endpoint = MetricsEndpoint.start(registry, address, settings.port());
      WorkListeners.install(work);
      LOG.info("Metrics are at http://{}:{}/metrics", address, endpoint.port());
      return Optional.of(new MetricsService(settings, work, endpoint));
    } catch (IOException e) {
      LOG.warn(
          "No metrics for this JVM: cannot listen on {}:{} ({});"
              + " choose another port with spark.seeql.metrics.port",
          address,
          settings.port(),
          e.getMessage());
      return Optional.empty();
    }
  }

  /** Stops, after the last values have been read if there is a reader. */
  @Override
  public void close() {
    WorkListeners.remove(work);
    endpoint.awaitReading(settings.linger());
    endpoint.close();
  }
}
