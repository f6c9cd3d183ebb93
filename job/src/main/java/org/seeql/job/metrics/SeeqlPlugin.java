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
import org.seeql.database.jdbc.DatabaseSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark plugin that publishes the metrics of a driver and its executors to Prometheus; enabled in
 * {@code spark.plugins}. Each JVM listens on its own port. A JVM that is both driver and executor
 * has one endpoint, the driver's. If a port is in use, only the metrics are missing; the run is not
 * affected. An executor that ends closes its idle connections to the database.
 */
public final class SeeqlPlugin implements SparkPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(SeeqlPlugin.class);
  private static final String LOOPBACK = "127.0.0.1";

  /** The executor id of the driver under a local master. */
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

    /** The address on which this driver listens for its executors. */
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
        // Spark stops an executor whose plugin fails
        LOG.warn("No metrics for this JVM", e);
        return Optional.empty();
      }
    }

    /**
     * The address of this executor's block manager; the plugin context has no host name of an
     * executor.
     */
    private static String address() {
      return SparkEnv.get().blockManager().blockManagerId().host();
    }

    @Override
    public void shutdown() {
      DatabaseSession.closeIdle();
      service.ifPresent(MetricsService::close);
    }
  }
}
