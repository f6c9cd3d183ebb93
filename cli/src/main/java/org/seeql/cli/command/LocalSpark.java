package org.seeql.cli.command;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.job.SeeqlSession;

/**
 * The Spark session of this process. It starts in the background, which takes about three seconds.
 * Meanwhile the database starts and the statement is checked.
 */
final class LocalSpark implements Supplier<SparkSession>, AutoCloseable {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[([^,\\]]+)])?");
  private static final String JARS = "spark.jars";
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

  String master() {
    return master;
  }

  /** Whether executors run outside of this process, possibly on other machines. */
  boolean hasExecutors() {
    return !master.startsWith("local");
  }

  /** Starts to create the session. Does nothing if it has already started. */
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
    // A JVM has one session. An abandoned session must stop before the next one is created.
    synchronized (MAKING) {
      try {
        SparkSession created = build();
        synchronized (this) {
          session.complete(created);
          if (closed) {
            created.stop();
          }
        }
      } catch (RuntimeException | Error e) {
        session.completeExceptionally(e);
      }
    }
  }

  /** Waits for the session and returns it. */
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

  /** Ends the wait for a session that is still starting. That session is then stopped unused. */
  synchronized void cancel() {
    if (session == null) {
      session = new CompletableFuture<>();
    }
    if (session.completeExceptionally(
        new CancellationException("the wait for Spark was cancelled"))) {
      closed = true;
    }
  }

  /** Stops the session. A session that is still starting is stopped when it is ready. */
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
    if (hasExecutors()) {
      ownJar().ifPresent(jar -> all.put(JARS, withJar(jar, all)));
    }
    all.forEach(builder::config);
    return builder.getOrCreate();
  }

  /** The value of spark.jars with a jar, unless that jar is already in it. */
  private static String withJar(String jar, Map<String, String> settings) {
    String given = settings.getOrDefault(JARS, System.getProperty(JARS, ""));
    List<String> jars = new ArrayList<>(List.of(given.split(",")));
    jars.removeIf(String::isBlank);
    if (jars.stream().noneMatch(other -> other.endsWith(jar))) {
      jars.add(jar);
    }
    return String.join(",", jars);
  }

  /**
   * The jar of this class, if it contains all of SeeQL. The executors get it from the driver. In a
   * container image, SeeQL consists of several jars, and the executors have them already.
   */
  private static Optional<String> ownJar() {
    URL own = LocalSpark.class.getProtectionDomain().getCodeSource().getLocation();
    URL job = SeeqlSession.class.getProtectionDomain().getCodeSource().getLocation();
    return own.toExternalForm().equals(job.toExternalForm())
        ? Optional.of(Path.of(URI.create(own.toExternalForm())).toString())
        : Optional.empty();
  }

  /**
   * Sets the attempts per task of a local master, unless it states them. Spark's default is one.
   */
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
          // tasks do not wait for locality: images are equally near to all executors
          "spark.locality.wait", "0s");

  /** Disables features that a short process does not use, so that it starts sooner. */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of("spark.ui.enabled", "false", "spark.metrics.staticSources.enabled", "false");
}
