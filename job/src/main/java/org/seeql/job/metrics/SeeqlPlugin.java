package org.seeql.job.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * Spark's plugin that lets Prometheus read what a driver and its executors do, named by {@code
 * spark.plugins}. Each JVM answers on its own port; where driver and executor are one JVM there is
 * one endpoint, the driver's. A port that is taken costs the metrics, never the run.
 */
public final class SeeqlPlugin implements SparkPlugin {
  private static final String LOOPBACK = "127.0.0.1";

  /** The name of the executor that is a local master's driver. */
  private static final String DRIVER = "driver";

  @Override
  public DriverPlugin driverPlugin() {
    return new OnDriver();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnDriver implements DriverPlugin {
    private Optional<MetricsService> service = Optional.empty();

    @Override
    public Map<String, String> init(SparkContext spark, PluginContext plugin) {
      requireNonNull(spark, "spark is null");
      String address =
          spark.isLocal()
              ? LOOPBACK
              : plugin.conf().get("spark.driver.bindAddress", plugin.hostname());
      service = MetricsService.start(MetricsSettings.of(plugin.conf()), address);
      return Map.of();
    }

    @Override
    public void shutdown() {
      service.ifPresent(MetricsService::close);
    }
  }

  private static final class OnExecutor implements ExecutorPlugin {
    private Optional<MetricsService> service = Optional.empty();

    @Override
    public void init(PluginContext plugin, Map<String, String> fromDriver) {
      if (!plugin.executorID().equals(DRIVER)) {
        service = MetricsService.start(MetricsSettings.of(plugin.conf()), plugin.hostname());
      }
    }

    @Override
    public void shutdown() {
      service.ifPresent(MetricsService::close);
    }
  }
}
