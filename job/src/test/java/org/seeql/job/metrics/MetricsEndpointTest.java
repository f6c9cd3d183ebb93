package org.seeql.job.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seeql.udf.batch.PipelineState;

@Timeout(30)
class MetricsEndpointTest {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration LONG = Duration.ofMinutes(10);

  private final PrometheusRegistry registry = new PrometheusRegistry();

  private static List<String> read(int port) throws IOException {
    try (InputStream body =
        URI.create("http://" + LOOPBACK + ":" + port + "/metrics").toURL().openStream()) {
      return new String(body.readAllBytes(), UTF_8).lines().toList();
    }
  }

  @Test
  void showsWhatWasDone() throws IOException {
    WorkMetrics work = new WorkMetrics(registry);
    work.fileRead(TimeUnit.MILLISECONDS.toNanos(4));
    work.imageDecoded(TimeUnit.MILLISECONDS.toNanos(15));
    work.imageFailed("read", new NoSuchFileException("a.jpg"));
    work.imageEnded();
    work.modelRan("yolo", 8, TimeUnit.MILLISECONDS.toNanos(400));
    work.batchHalved("yolo", 4);
    work.outputRead(2_000);
    work.partitionCommitted(32, 120, TimeUnit.SECONDS.toNanos(3));

    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, 0)) {
      assertThat(read(endpoint.port()))
          .contains(
              "# TYPE seeql_read_seconds histogram",
              "seeql_read_seconds_bucket{le=\"0.002\"} 0",
              "seeql_read_seconds_bucket{le=\"0.005\"} 1",
              "seeql_decode_seconds_bucket{le=\"0.02\"} 1",
              "seeql_images_total 1.0",
              "seeql_failed_images_total{reason=\"missing\",stage=\"read\"} 1.0",
              "seeql_failed_images_total{reason=\"undecodable\",stage=\"decode\"} 0.0",
              "seeql_inference_seconds_bucket{model=\"yolo\",le=\"0.2\"} 0",
              "seeql_inference_seconds_bucket{model=\"yolo\",le=\"0.5\"} 1",
              "seeql_inference_seconds_sum{model=\"yolo\"} 0.4",
              "seeql_batch_images_bucket{model=\"yolo\",le=\"8.0\"} 1",
              "seeql_batch_halvings_total{model=\"yolo\"} 1.0",
              "seeql_postprocess_seconds_bucket{le=\"1.0E-5\"} 1",
              "seeql_commit_seconds_count 1",
              "seeql_committed_images_total 32.0",
              "seeql_rows_total 120.0");
    }
  }

  @Test
  void addsUpTheRunsOfADriverWithoutOmissions() throws IOException {
    WorkMetrics work = new WorkMetrics(registry);
    work.runProgressed("a", 100, 40, 1);
    work.runProgressed("a", 100, 100, 2);
    work.runSucceeded("a");
    work.runProgressed("b", 50, 10, 0);
    work.ownershipLost("c");

    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, 0)) {
      assertThat(read(endpoint.port()))
          .contains(
              "seeql_run_images{state=\"selected\"} 150.0",
              "seeql_run_images{state=\"done\"} 110.0",
              "seeql_run_images{state=\"failed\"} 2.0",
              "seeql_runs_total{outcome=\"succeeded\"} 1.0",
              "seeql_runs_total{outcome=\"failed\"} 0.0",
              "seeql_ownership_lost_total 1.0");
    }
  }

  @Test
  void addsUpWhatWaitsInAllPipelines() throws IOException {
    PipelineMetrics.register(
        registry,
        () ->
            List.of(
                new PipelineState(3, 5, new TreeMap<>(Map.of("a", 8))),
                new PipelineState(1, 0, new TreeMap<>(Map.of("a", 2, "b", 1)))));

    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, 0)) {
      assertThat(read(endpoint.port()))
          .contains(
              "seeql_waiting_images{step=\"decode\"} 4.0",
              "seeql_waiting_images{step=\"inference\"} 5.0",
              "seeql_batch_size{model=\"a\"} 8.0",
              "seeql_batch_size{model=\"b\"} 1.0");
    }
  }

  @Test
  void aPortThatIsTakenCostsTheMetricsAndNothingElse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      int port = taken.getLocalPort();

      assertThatThrownBy(() -> MetricsEndpoint.start(registry, LOOPBACK, port))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("in use");
      assertThat(MetricsService.start(new MetricsSettings(port, Duration.ZERO), LOOPBACK))
          .isEqualTo(Optional.empty());
    }
  }

  @Test
  void waitsForNobodyWhereNobodyHasRead() throws IOException {
    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, 0)) {
      endpoint.awaitReading(LONG);
    }
  }

  @Test
  void waitsForTheNextReadingOfOneWhoReads() throws Exception {
    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, 0)) {
      read(endpoint.port());
      Thread waiting = new Thread(() -> endpoint.awaitReading(LONG));
      waiting.start();
      await().until(waiting::getState, Thread.State.TIMED_WAITING::equals);

      read(endpoint.port());

      waiting.join();
    }
  }

  @Test
  void waitsNoLongerThanConfigured() throws IOException {
    try (MetricsEndpoint endpoint = MetricsEndpoint.start(registry, LOOPBACK, 0)) {
      read(endpoint.port());

      endpoint.awaitReading(Duration.ofMillis(1));
    }
  }
}
