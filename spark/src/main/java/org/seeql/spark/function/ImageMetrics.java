package org.seeql.spark.function;

import java.io.Serializable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.util.TaskCompletionListener;
import org.seeql.udf.batch.StageTimes;

/**
 * The metrics of a plan node in the Spark UI. Serialized to the executors, where each copy belongs
 * to one task.
 */
final class ImageMetrics implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_BETWEEN_REPORTS = 64;

  private final SQLMetric rows;
  private final SQLMetric images;
  private final SQLMetric failed;
  private final SQLMetric batches;
  private final SQLMetric read;
  private final SQLMetric decode;
  private final SQLMetric inference;
  private final SQLMetric postprocess;

  ImageMetrics(SparkContext spark) {
    rows = SQLMetrics.createMetric(spark, "number of output rows");
    images = SQLMetrics.createMetric(spark, "images");
    failed = SQLMetrics.createMetric(spark, "failed images");
    batches = SQLMetrics.createMetric(spark, "batches");
    read = SQLMetrics.createNanoTimingMetric(spark, "time to read files", -1);
    decode = SQLMetrics.createNanoTimingMetric(spark, "time to decode", -1);
    inference = SQLMetrics.createNanoTimingMetric(spark, "time in the model", -1);
    postprocess = SQLMetrics.createNanoTimingMetric(spark, "time to postprocess", -1);
  }

  /** The metrics by their names in Spark, in display order. */
  Map<String, SQLMetric> byName() {
    Map<String, SQLMetric> metrics = new LinkedHashMap<>();
    metrics.put("numOutputRows", rows);
    metrics.put("images", images);
    metrics.put("failed", failed);
    metrics.put("batches", batches);
    metrics.put("readTime", read);
    metrics.put("decodeTime", decode);
    metrics.put("inferenceTime", inference);
    metrics.put("postprocessTime", postprocess);
    return metrics;
  }

  /** Reports the counts of a pipeline from now on, until the task ends. */
  Following follow(TaskContext task, StageTimes times) {
    Following following = new Following(times);
    task.addTaskCompletionListener((TaskCompletionListener) ended -> following.report());
    return following;
  }

  /** Counts a header that was read. */
  void looked(boolean isFailure) {
    images.add(1);
    if (isFailure) {
      failed.add(1);
    }
  }

  void row() {
    rows.add(1);
  }

  /** The reported part of one pipeline's counts; a task may have several pipelines. */
  final class Following {
    private final StageTimes times;
    private final IdentityHashMap<SQLMetric, Long> reported = new IdentityHashMap<>();
    private long rowsSeen;

    private Following(StageTimes times) {
      this.times = times;
    }

    /** Counts a row and periodically reports to Spark. */
    void row() {
      if (++rowsSeen % ROWS_BETWEEN_REPORTS == 0) {
        report();
      }
    }

    private void report() {
      add(images, times.images());
      add(failed, times.failed());
      add(batches, times.batches());
      add(read, times.read().toNanos());
      add(decode, times.decode().toNanos());
      add(inference, times.inference().toNanos());
      add(postprocess, times.postprocess().toNanos());
    }

    private void add(SQLMetric metric, long total) {
      Long before = reported.put(metric, total);
      metric.add(total - (before == null ? 0 : before));
    }
  }
}
