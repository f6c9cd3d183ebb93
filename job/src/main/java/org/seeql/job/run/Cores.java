package org.seeql.job.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The cores of a Spark session.
 *
 * @param anExecutor cores of one JVM that runs tasks; the minimum over the known ones
 * @param inAll cores of all these JVMs, as far as known
 */
public record Cores(int anExecutor, int inAll) {
  private static final String EXECUTOR_CORES = "spark.executor.cores";
  private static final String DRIVER = "driver";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CALM = Duration.ofMillis(500);
  private static final long MILLIS_BETWEEN_LOOKS = 50;

  /** The cores that are known now. */
  public static Cores of(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    int inAll = Math.max(1, context.defaultParallelism());
    if (context.isLocal()) {
      return new Cores(Math.min(inAll, Runtime.getRuntime().availableProcessors()), inAll);
    }
    Optional<Integer> configured =
        Optional.ofNullable(context.getConf().get(EXECUTOR_CORES, null)).map(Integer::valueOf);
    int anExecutor =
        configured.orElseGet(
            () ->
                executors(context).stream()
                    .mapToInt(ExecutorSummary::totalCores)
                    .filter(cores -> cores > 0)
                    .min()
                    .orElse(1));
    return new Cores(anExecutor, inAll);
  }

  /**
   * Waits until executors have registered and no more appear, or for half a minute, and then
   * returns the known cores. A standalone cluster starts executors while an application already
   * runs.
   */
  public static Cores registered(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    if (!context.isLocal()
        && !context.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
      awaitExecutors(context);
    }
    return of(spark);
  }

  private static void awaitExecutors(SparkContext context) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long changed = System.nanoTime();
    int before = 0;
    try {
      while (System.nanoTime() < end) {
        int now = executors(context).size();
        if (now != before) {
          before = now;
          changed = System.nanoTime();
        } else if (now > 0 && System.nanoTime() - changed > CALM.toNanos()) {
          return;
        }
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<ExecutorSummary> executors(SparkContext context) {
    return CollectionConverters.asJava(context.statusStore().executorList(true)).stream()
        .filter(executor -> !executor.id().equals(DRIVER))
        .toList();
  }
}
