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
 * The endpoint {@code /metrics} that Prometheus scrapes. Answers one request after another, on a
 * daemon thread. Thread-safe.
 */
final class MetricsEndpoint implements AutoCloseable {
  private final Answering answering;
  private final HTTPServer server;

  private MetricsEndpoint(Answering answering, HTTPServer server) {
    this.answering = answering;
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param port the port to listen on; 0 for any free port
   * @throws IOException if the port is not available
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

  /**
   * The thread that answers requests. It is also registered as a collector, to count the requests.
   */
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

    /**
     * Waits for the answer to a request that starts after this call. Returns immediately if there
     * has been no request before.
     */
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
   * Waits until the current metrics have been read. Returns immediately if they have never been
   * read.
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
