package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Starts Spark in the background as soon as it is certain to be needed, because the start takes
 * seconds. For one thread.
 */
final class SparkStart {
  private final Supplier<SparkSession> spark;
  private Optional<CompletableFuture<SparkSession>> begun = Optional.empty();

  SparkStart(Supplier<SparkSession> spark) {
    this.spark = requireNonNull(spark, "spark is null");
  }

  /** Starts Spark without waiting. Further calls have no effect. */
  void begin() {
    if (begun.isEmpty()) {
      begun = Optional.of(CompletableFuture.supplyAsync(spark));
    }
  }

  /** Waits for the session. */
  SparkSession join() {
    begin();
    return begun.orElseThrow().join();
  }
}
