package org.seeql.job.metrics;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What Prometheus reads, at {@code /metrics}. Answers one request after the other, in a thread that
 * ends with the JVM. Thread-safe.
 */
final class MetricsEndpoint implements AutoCloseable {
  private final Answering answering;
  private final HTTPServer server;

  private MetricsEndpoint(Answering answering, HTTPServer server) {
    this.answering = answering;
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param port that is listened on; 0 for any that is free
   * @throws IOException if that cannot be had
   */
  static MetricsEndpoint start(PrometheusRegistry registry, String address, int port)
      throws IOException {
    Answering answering = new Answering();
    registry.register(answering);
    try {
      return new MetricsEndpoint(
          answering,
          HTTPServer.builder()
              .inetAddress(InetAddress.getByName(address))
              .port(port)
              .registry(registry)
              .executorService(answering)
              .buildAndStart());
    } catch (IOException | RuntimeException e) {
      answering.shutdown();
      throw e;
    }
  }

  /** The thread that answers; as one that is asked for metrics it counts how often. */
  private static final class Answering extends ThreadPoolExecutor implements MultiCollector {
    private final Object change = new Object();
    private long begun;
    private long answered;

    Answering() {
      super(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          task -> {
            Thread thread = new Thread(task, "seeql-metrics");
            thread.setDaemon(true);
            return thread;
          });
    }

    @Override
    public MetricSnapshots collect() {
      synchronized (change) {
        begun++;
      }
      return new MetricSnapshots();
    }

    @Override
    protected void afterExecute(Runnable task, Throwable error) {
      synchronized (change) {
        answered = begun;
        change.notifyAll();
      }
    }

    /** Waits for an answer that is begun from now on; not at all where there has been none. */
    void awaitNext(Duration atMost) throws InterruptedException {
      long end = System.nanoTime() + atMost.toNanos();
      synchronized (change) {
        long wanted = begun == 0 ? 0 : begun + 1;
        while (answered < wanted) {
          long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
          if (millis <= 0) {
            return;
          }
          change.wait(millis);
        }
      }
    }
  }

  int port() {
    return server.getPort();
  }

  /**
   * Waits until the metrics as they are now have been read. Where nobody has ever read them, nobody
   * is waited for.
   */
  void awaitReading(Duration atMost) {
    try {
      answering.awaitNext(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.close();
    answering.shutdown();
  }
}
