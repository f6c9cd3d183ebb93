package org.seeql.job.metrics;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's own metrics, as {@code spark_SOURCE_METRIC}: gauges as gauges, counting metrics as
 * counters. A metric has the same name in every application, unlike with Spark's own exporters.
 */
final class SparkMetrics implements MultiCollector {
  private static final Logger LOG = LoggerFactory.getLogger(SparkMetrics.class);

  /** The sources of org.apache.spark that describe an application. */
  private static final List<String> SOURCES =
      List.of(
          "executor",
          "ExecutorMetrics",
          "BlockManager",
          "DAGScheduler",
          "LiveListenerBus",
          "ExecutorAllocationManager");

  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern ABBREVIATION_END = Pattern.compile("(?<=[A-Z])(?=[A-Z][a-z])");

  @Override
  public MetricSnapshots collect() {
    Map<String, MetricSnapshot> metrics = new LinkedHashMap<>();
    // empty before Spark has started and after it has stopped
    Optional.ofNullable(SparkEnv.get())
        .ifPresent(
            spark -> {
              for (String name : SOURCES) {
                for (Source source :
                    CollectionConverters.asJava(spark.metricsSystem().getSourcesByName(name))) {
                  collect(name, source.metricRegistry(), metrics);
                }
              }
            });
    return new MetricSnapshots(metrics.values());
  }

  static void collect(String source, MetricRegistry registry, Map<String, MetricSnapshot> into) {
    registry
        .getMetrics()
        .forEach(
            (metric, value) -> {
              String name = name(source, metric);
              snapshot(name, source + "." + metric, value)
                  .ifPresent(snapshot -> into.putIfAbsent(name, snapshot));
            });
  }

  /**
   * For example, {@code executor} and {@code threadpool.activeTasks} become {@code
   * spark_executor_threadpool_active_tasks}.
   */
  static String name(String source, String metric) {
    String words = ABBREVIATION_END.matcher(source + "_" + metric).replaceAll("_");
    words = WORD_START.matcher(words).replaceAll("_").toLowerCase(Locale.ROOT);
    return PrometheusNaming.sanitizeMetricName("spark_" + words.replaceAll("[^a-z0-9]+", "_"));
  }

  private static Optional<MetricSnapshot> snapshot(String name, String original, Metric metric) {
    String help = "Spark's " + original;
    if (metric instanceof Gauge<?> gauge) {
      return number(gauge, original)
          .map(
              value ->
                  GaugeSnapshot.builder()
                      .name(name)
                      .help(help)
                      .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                      .build());
    }
    // Apart from its count, a histogram cannot be summed over executors
    if (metric instanceof Counting counting && !(metric instanceof Histogram)) {
      return Optional.of(
          CounterSnapshot.builder()
              .name(name)
              .help(help)
              .dataPoint(
                  CounterDataPointSnapshot.builder().value((double) counting.getCount()).build())
              .build());
    }
    return Optional.empty();
  }

  private static Optional<Double> number(Gauge<?> gauge, String original) {
    try {
      return gauge.getValue() instanceof Number number
          ? Optional.of(number.doubleValue())
          : Optional.empty();
    } catch (RuntimeException e) {
      // A gauge may have no source while Spark starts or stops
      LOG.debug("Spark's {} cannot be read", original, e);
      return Optional.empty();
    }
  }
}
