package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.inference.PipelineSettings;
import org.seeql.job.inference.RunJobs;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.model.ModelDescription;

/** Times a model on images of a run, where runs infer. */
public final class ModelTimings {
  // With larger batches, one timed call takes seconds
  private static final int LARGEST_BATCH = 256;

  private final SparkSession spark;
  private final RunRecord run;
  private final Path modelCache;

  public ModelTimings(SparkSession spark, RunRecord run, Path modelCache) {
    this.spark = requireNonNull(spark, "spark is null");
    this.run = requireNonNull(run, "run is null");
    this.modelCache = requireNonNull(modelCache, "modelCache is null");
  }

  /**
   * Times a model: with the batch size of the statement if it has one, else with 1, 2, 4 and so on.
   *
   * @param paths of images, below the image root of the run
   * @param confidence the minimum score of the answers
   * @param largestBatch the largest batch size that the run used
   */
  public List<ModelTiming> of(
      ModelDescription model, List<String> paths, double confidence, int largestBatch) {
    PipelineOptions options = PipelineSettings.of(run.options()).withConfidence(confidence);
    TimingTask task =
        new TimingTask(
            new TimingTask.Settings(
                model,
                modelCache.toString(),
                run.options().device(),
                run.imageRoot(),
                paths,
                options));
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> sizes = batchSizes(model, largestBatch);
    return RunJobs.during(
        spark.sparkContext(),
        run.runId(),
        "SeeQL run %s: timing %s".formatted(run.runId(), model.name()),
        () -> context.parallelize(sizes, 1).mapPartitions(task).collect());
  }

  private List<Integer> batchSizes(ModelDescription model, int largestBatch) {
    OptionalInt fixed = model.input().fixedBatch();
    OptionalInt requested = fixed.isPresent() ? fixed : run.options().batchSize();
    if (requested.isPresent()) {
      return new ArrayList<>(List.of(requested.getAsInt()));
    }
    List<Integer> sizes = new ArrayList<>();
    for (int size = 1; size <= Math.max(1, Math.min(largestBatch, LARGEST_BATCH)); size *= 2) {
      sizes.add(size);
    }
    return sizes;
  }
}
