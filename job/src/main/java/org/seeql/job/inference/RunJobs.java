package org.seeql.job.inference;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/**
 * The jobs of a run among those of a session. They have a tag and not a group: a group is the
 * caller's, who stops by it what a cell of a notebook has started.
 */
public final class RunJobs {
  private static final String DESCRIPTION = "spark.job.description";
  private static final String INTERRUPTS = "spark.job.interruptOnCancel";
  private static final String TAG = "seeql-run-";
  private static final long MILLIS_BETWEEN_LOOKS = 20;

  private RunJobs() {}

  /**
   * Does something whose jobs are the run's; afterwards the thread's properties are as before.
   *
   * @param description what Spark's pages call the jobs
   */
  public static <T> T during(
      SparkContext context, String runId, String description, Supplier<T> work) {
    Map<String, String> before = new LinkedHashMap<>();
    // null where there was none, which is also how Spark is told so
    before.put(DESCRIPTION, context.getLocalProperty(DESCRIPTION));
    before.put(INTERRUPTS, context.getLocalProperty(INTERRUPTS));
    context.setLocalProperty(DESCRIPTION, description);
    context.setLocalProperty(INTERRUPTS, "true");
    context.addJobTag(TAG + runId);
    try {
      return work.get();
    } finally {
      context.removeJobTag(TAG + runId);
      before.forEach(context::setLocalProperty);
    }
  }

  /** Stops them. May be called from any thread. */
  public static void cancel(SparkContext context, String runId) {
    context.cancelJobsWithTag(TAG + runId);
  }

  /** Stops them in whatever application this JVM has. May be called from any thread. */
  public static void cancel(String runId) {
    SparkContext context = active();
    if (context != null && !context.isStopped()) {
      cancel(context, runId);
    }
  }

  /** Waits until no task of this JVM's application runs, but no longer than that. */
  public static void awaitEnd(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    SparkContext context = active();
    try {
      while (context != null && isBusy(context) && System.nanoTime() < end) {
        Thread.sleep(MILLIS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isBusy(SparkContext context) {
    return !context.isStopped()
        && Arrays.stream(context.statusTracker().getExecutorInfos())
            .anyMatch(executor -> executor.numRunningTasks() > 0);
  }

  private static SparkContext active() {
    Option<SparkSession> session = SparkSession.getDefaultSession();
    return session.isEmpty() ? null : session.get().sparkContext();
  }
}
