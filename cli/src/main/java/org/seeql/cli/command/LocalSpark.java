package org.seeql.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;

/**
 * The Spark session of this process, made in the background: that takes three seconds in which the
 * database can start and the statement be checked.
 */
final class LocalSpark implements Supplier<SparkSession>, AutoCloseable {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[([^,\\]]+)])?");
  private static final int TASK_ATTEMPTS = 4;
  private static final Object MAKING = new Object();

  private final String master;
  private final Map<String, String> settings;
  private CompletableFuture<SparkSession> session;
  private boolean closed;

  LocalSpark(String master, Map<String, String> settings) {
    this.master = master;
    this.settings = new LinkedHashMap<>(settings);
  }

  /** Begins to make the session; does nothing if that has begun. */
  synchronized LocalSpark begin() {
    if (session == null) {
      session = new CompletableFuture<>();
      Thread thread = new Thread(this::make, "start Spark");
      thread.setDaemon(true);
      thread.start();
    }
    return this;
  }

  private void make() {
    // a JVM has one session: one that nobody waits for is gone before the next is made
    synchronized (MAKING) {
      try {
        SparkSession made = build();
        synchronized (this) {
          session.complete(made);
          if (closed) {
            made.stop();
          }
        }
      } catch (RuntimeException | Error e) {
        session.completeExceptionally(e);
      }
    }
  }

  /** The session, after waiting for it. */
  @Override
  public SparkSession get() {
    begin();
    try {
      return session.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RefusalException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(
          "Cannot start Spark on " + master + ": " + e.getCause().getMessage(), e.getCause());
    }
  }

  /** Ends the waiting for one that is being made, which then nobody uses. */
  synchronized void cancel() {
    if (session == null) {
      session = new CompletableFuture<>();
    }
    if (session.completeExceptionally(new CancellationException("Spark was not waited for"))) {
      closed = true;
    }
  }

  /** Stops it. If it is still being made nobody has used it, and nobody waits for it. */
  @Override
  public synchronized void close() {
    closed = true;
    if (session != null && session.isDone() && !session.isCompletedExceptionally()) {
      session.join().stop();
    }
  }

  private SparkSession build() {
    SparkSession.Builder builder = SparkSession.builder().appName("seeql").master(withRetries());
    Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
    all.putAll(SparkSecurity.of(master));
    if (LOCAL.matcher(master).matches()) {
      all.putAll(LOCAL_DEFAULTS);
      all.put("spark.driver.host", "127.0.0.1");
      all.put("spark.driver.bindAddress", "127.0.0.1");
    }
    all.putAll(settings);
    all.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** Locally a task is tried once, unless the master says how often. */
  private String withRetries() {
    return withRetries(master);
  }

  static String withRetries(String master) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return master;
    }
    String threads = local.group(1) == null ? "1" : local.group(1);
    return "local[" + threads + "," + TASK_ATTEMPTS + "]";
  }

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.ui.showConsoleProgress", "false",
          "spark.sql.catalogImplementation", "in-memory",
          // a task waits for nothing: the images are as near to one executor as to the other
          "spark.locality.wait", "0s");

  /** What a short process has no use for is left out: it starts sooner. */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of("spark.ui.enabled", "false", "spark.metrics.staticSources.enabled", "false");
}
