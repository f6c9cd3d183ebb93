package org.seeql.spark.statement;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.seeql.job.RunFailedException;
import org.seeql.job.inference.ImageTally;
import org.seeql.planner.option.FailureLimit;

/** The image counts of all tasks. Spark counts a repeated task once. */
final class RunTally implements ImageTally {
  private static final long serialVersionUID = 1L;

  private final LongAccumulator tasks;
  private final LongAccumulator images;
  private final LongAccumulator failed;
  private final LongAccumulator rows;
  private final CollectionAccumulator<String> firstFailures;

  private RunTally(SparkContext context) {
    tasks = context.longAccumulator();
    images = context.longAccumulator();
    failed = context.longAccumulator();
    rows = context.longAccumulator();
    firstFailures = context.collectionAccumulator();
  }

  static RunTally in(SparkContext context) {
    return new RunTally(context);
  }

  @Override
  public void add(long ofImages, long ofFailed, long ofRows, String firstFailure) {
    tasks.add(1);
    images.add(ofImages);
    failed.add(ofFailed);
    rows.add(ofRows);
    if (!firstFailure.isEmpty()) {
      firstFailures.add(firstFailure);
    }
  }

  int tasks() {
    return Math.toIntExact(tasks.sum());
  }

  long images() {
    return images.sum();
  }

  long failed() {
    return failed.sum();
  }

  long rows() {
    return rows.sum();
  }

  /**
   * Fails a run with too many failed images.
   *
   * @param written describes the rows that are in the table nevertheless
   * @throws RunFailedException if more images failed than the limit allows
   */
  void refuseTooMany(FailureLimit limit, String runId, String written) {
    if (limit.isExceededBy(failed(), images())) {
      List<String> first = firstFailures.value();
      throw new RunFailedException(
          runId,
          ("Run %s failed: %d of %d images failed, more than --max_failed_images=%s allows"
                  + " (the first: %s). %s")
              .formatted(runId, failed(), images(), limit.text(), first.get(0), written),
          new IllegalStateException(first.get(0)));
    }
  }
}
