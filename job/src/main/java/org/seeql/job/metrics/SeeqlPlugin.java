package org.seeql.job.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark's plugin that lets Prometheus read what a driver and its executors do, named by {@code
 * spark.plugins}. Each JVM answers on its own port; where driver and executor are one JVM there is
 * one endpoint, the driver's. A port that is taken costs the metrics, never the run.
 */
public final class SeeqlPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(SeeqlPlugin.class);
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
      service = MetricsService.start(MetricsSettings.of(plugin.conf()), address(spark));
      return Map.of();
    }

    /** Where this driver listens for its executors. */
    private static String address(SparkContext spark) {
      return spark.isLocal()
          ? LOOPBACK
          : spark.conf().get("spark.driver.bindAddress", spark.conf().get("spark.driver.host"));
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
        service = started(MetricsSettings.of(plugin.conf()));
      }
    }

    private static Optional<MetricsService> started(MetricsSettings settings) {
      try {
        return MetricsService.start(settings, address());
      } catch (RuntimeException e) {
        // Spark ends an executor whose plugin fails
        LOG.warn("There are no metrics of this JVM", e);
        return Optional.empty();
      }
    }

    /** Where others reach this executor's blocks; the context knows no name of an executor. */
    private static String address() {
      return SparkEnv.get().blockManager().blockManagerId().host();
    }

    @Override
    public void shutdown() {
      service.ifPresent(MetricsService::close);
    }
  }
}
