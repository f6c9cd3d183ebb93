package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Spark, which takes seconds to start: begun in the background, as soon as it is certain to be
 * needed. For one thread.
 */
final class SparkStart {
  private final Supplier<SparkSession> spark;
  private Optional<CompletableFuture<SparkSession>> begun = Optional.empty();

  SparkStart(Supplier<SparkSession> spark) {
    this.spark = requireNonNull(spark, "spark is null");
  }

  /** Begins to start it, and does not wait. Once more does nothing. */
  void begin() {
    if (begun.isEmpty()) {
      begun = Optional.of(CompletableFuture.supplyAsync(spark));
    }
  }

  /** The session, once it is there. */
  SparkSession join() {
    begin();
    return begun.orElseThrow().join();
  }
}
