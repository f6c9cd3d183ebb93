package org.seeql.job.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.seeql.job.inference.WorkListener;

/**
 * Counts the work of this JVM's tasks and runs. All counts are of attempts: a retried task counts
 * its images again. Thread-safe.
 */
final class WorkMetrics implements WorkListener {
  private static final double NANOS_PER_SECOND = 1e9;

  private static final double[] UP_TO_A_SECOND = {
    0.00001, 0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1
  };
  private static final double[] UP_TO_TEN_SECONDS = {
    0.0001, 0.0003, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 3, 10
  };
  private static final double[] UP_TO_A_MINUTE = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60
  };
  private static final double[] UP_TO_256_IMAGES = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";

  private final Counter images =
      counter("seeql_images_total", "Images with a result, including failed images").build();
  private final Counter failedImages =
      counter(
              "seeql_failed_images_total",
              "Images that could not be read or decoded, by stage and reason")
          .labelNames("stage", "reason")
          .build();
  private final Counter rows =
      counter("seeql_rows_total", "Rows of results that were committed").build();
  private final Counter committedImages =
      counter("seeql_committed_images_total", "Images whose partitions were committed").build();
  private final Counter halvings =
      counter("seeql_batch_halvings_total", "Batches that did not fit into the device's memory")
          .labelNames("model")
          .build();
  private final Counter runs =
      counter("seeql_runs_total", "Runs of this driver that have ended, by outcome")
          .labelNames("outcome")
          .build();
  private final Counter ownershipLost =
      counter(
              "seeql_ownership_lost_total",
              "Runs that another driver took over, because this one did not renew its lease")
          .build();
  private final Counter audits =
      counter("seeql_audits_total", "Audited measures of this driver's runs, by outcome")
          .labelNames("measure", "outcome")
          .build();
  private final Gauge auditedMeasure =
      Gauge.builder()
          .name("seeql_audited_measure")
          .help("Each measure in the latest audit of this driver, from 0 to 1")
          .labelNames("measure")
          .build();
  private final Histogram read =
      histogram("seeql_read_seconds", "Time to read one image's file", UP_TO_TEN_SECONDS).build();
  private final Histogram decode =
      histogram("seeql_decode_seconds", "Time to decode one image", UP_TO_TEN_SECONDS).build();
  private final Histogram inference =
      histogram("seeql_inference_seconds", "Time of one call of a model", UP_TO_A_MINUTE)
          .labelNames("model")
          .build();
  private final Histogram postprocess =
      histogram(
              "seeql_postprocess_seconds",
              "Time from a model's output to one image's prediction",
              UP_TO_A_SECOND)
          .build();
  private final Histogram commit =
      histogram("seeql_commit_seconds", "Time to commit one partition", UP_TO_A_MINUTE).build();
  private final Histogram batches =
      histogram("seeql_batch_images", "Images of one call of a model", UP_TO_256_IMAGES)
          .labelNames("model")
          .build();
  private final GaugeWithCallback runImages =
      GaugeWithCallback.builder()
          .name("seeql_run_images")
          .help("Images of all runs of this driver, by state")
          .labelNames("state")
          .callback(this::runImages)
          .build();

  private final ConcurrentMap<String, RunImages> underWay = new ConcurrentHashMap<>();
  private RunImages ended = RunImages.NONE;

  /** The image counts of a run, as seen by its driver. */
  private record RunImages(long selected, long done, long failed) {
    static final RunImages NONE = new RunImages(0, 0, 0);

    RunImages plus(RunImages other) {
      return new RunImages(selected + other.selected, done + other.done, failed + other.failed);
    }
  }

  WorkMetrics(PrometheusRegistry registry) {
    // A time series must exist from the start so that its first increase is visible
    FailureReason.OF_READING.forEach(r -> failedImages.initLabelValues("read", r.label()));
    FailureReason.OF_DECODING.forEach(r -> failedImages.initLabelValues("decode", r.label()));
    FailureReason.OF_MODELS.forEach(r -> failedImages.initLabelValues("model", r.label()));
    runs.initLabelValues(SUCCEEDED);
    runs.initLabelValues(FAILED);
    Stream.of(
            images,
            failedImages,
            rows,
            committedImages,
            halvings,
            runs,
            ownershipLost,
            audits,
            auditedMeasure,
            read,
            decode,
            inference,
            postprocess,
            commit,
            batches,
            runImages)
        .forEach(registry::register);
  }

  private static Counter.Builder counter(String name, String help) {
    return Counter.builder().name(name).help(help);
  }

  private static Histogram.Builder histogram(String name, String help, double[] upperBounds) {
    return Histogram.builder().name(name).help(help).classicOnly().classicUpperBounds(upperBounds);
  }

  @Override
  public void runAudited(String measure, String outcome, double value) {
    audits.labelValues(measure, outcome).inc();
    auditedMeasure.labelValues(measure).set(value);
  }

  @Override
  public void fileRead(long nanos) {
    read.observe(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void imageDecoded(long nanos) {
    decode.observe(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void modelRan(String model, int imageCount, long nanos) {
    inference.labelValues(model).observe(nanos / NANOS_PER_SECOND);
    batches.labelValues(model).observe(imageCount);
    halvings.initLabelValues(model);
  }

  @Override
  public void outputRead(long nanos) {
    postprocess.observe(nanos / NANOS_PER_SECOND);
  }

  @Override
  public void batchHalved(String model, int mostImages) {
    halvings.labelValues(model).inc();
  }

  @Override
  public void imageEnded() {
    images.inc();
  }

  @Override
  public void imageFailed(String stage, Exception cause) {
    failedImages.labelValues(stage, FailureReason.of(cause).label()).inc();
  }

  @Override
  public void partitionCommitted(long imageCount, long rowCount, long nanos) {
    commit.observe(nanos / NANOS_PER_SECOND);
    committedImages.inc(imageCount);
    rows.inc(rowCount);
  }

  @Override
  public void runProgressed(String runId, long selected, long done, long failed) {
    underWay.put(runId, new RunImages(selected, done, failed));
  }

  @Override
  public void runSucceeded(String runId) {
    runs.labelValues(SUCCEEDED).inc();
    end(runId);
  }

  @Override
  public void runFailed(String runId) {
    runs.labelValues(FAILED).inc();
    end(runId);
  }

  @Override
  public void ownershipLost(String runId) {
    ownershipLost.inc();
  }

  private synchronized void end(String runId) {
    RunImages last = underWay.remove(runId);
    if (last != null) {
      ended = ended.plus(last);
    }
  }

  private synchronized void runImages(GaugeWithCallback.Callback gauge) {
    RunImages all = underWay.values().stream().reduce(ended, RunImages::plus);
    gauge.call((double) all.selected(), "selected");
    gauge.call((double) all.done(), "done");
    gauge.call((double) all.failed(), "failed");
  }
}
