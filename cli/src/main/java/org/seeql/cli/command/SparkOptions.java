package org.seeql.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.seeql.job.metrics.SeeqlPlugin;
import picocli.CommandLine.Option;

/** The options that select where inference runs. */
final class SparkOptions {
  private static final String PLUGINS = "spark.plugins";
  private static final String HADOOP = "spark.hadoop.";
  private static final int LAST_PORT = 65_535;

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      description =
          "Spark's master. Default: the master of spark-submit, else local[*] (all cores of "
              + "this machine).")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A Spark setting, as for spark-submit. Can be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Exposes this run's metrics to Prometheus at http://127.0.0.1:PORT/metrics. "
              + "Default: no metrics.")
  private Optional<Integer> metricsPort = Optional.empty();

  LocalSpark spark() {
    // code that reads files before Spark starts must see the same Hadoop settings as Spark
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP)) {
            System.setProperty(key, value);
          }
        });
    return new LocalSpark(
        master == null ? System.getProperty("spark.master", "local[*]") : master, settings());
  }

  private Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(settings);
    metricsPort.ifPresent(port -> addMetrics(all, port));
    return all;
  }

  /** Adds the metrics plugin to the plugins of the settings. */
  static void addMetrics(Map<String, String> settings, int port) {
    if (port < 0 || port > LAST_PORT) {
      throw new CommandRefusal(
          "Invalid --metrics-port: %d (1 to %d, or 0 for no metrics)".formatted(port, LAST_PORT));
    }
    settings.merge(PLUGINS, SeeqlPlugin.class.getName(), (given, ours) -> given + "," + ours);
    settings.put("spark.seeql.metrics.port", String.valueOf(port));
  }
}
