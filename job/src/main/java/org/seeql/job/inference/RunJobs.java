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
 * Marks the Spark jobs of a run. Uses a job tag and not a job group: the group belongs to the
 * caller, who may use it to cancel the jobs of a notebook cell.
 */
public final class RunJobs {
  private static final String DESCRIPTION = "spark.job.description";
  private static final String INTERRUPTS = "spark.job.interruptOnCancel";
  private static final String TAG = "seeql-run-";
  private static final long MILLIS_BETWEEN_LOOKS = 20;

  private RunJobs() {}

  /**
   * Runs work whose jobs belong to a run, and then restores the thread's properties.
   *
   * @param description the name of the jobs in Spark's UI
   */
  public static <T> T during(
      SparkContext context, String runId, String description, Supplier<T> work) {
    Map<String, String> before = new LinkedHashMap<>();
    // Null if there was none; setting null also removes the property in Spark
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

  /** Cancels the jobs of a run. May be called from any thread. */
  public static void cancel(SparkContext context, String runId) {
    context.cancelJobsWithTag(TAG + runId);
  }

  /**
   * Cancels the jobs of a run in the application of this JVM, if there is one. May be called from
   * any thread.
   */
  public static void cancel(String runId) {
    SparkContext context = active();
    if (context != null && !context.isStopped()) {
      cancel(context, runId);
    }
  }

  /** Waits until the application of this JVM runs no task, at most as long as {@code patience}. */
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
