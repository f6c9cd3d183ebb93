package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.job.SessionOptions;
import org.seeql.job.inference.ImageLocation;
import org.seeql.job.run.Cores;
import org.seeql.planner.plan.DeviceChoice;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.model.ModelDescription;

/**
 * Makes of what is asked of frames the work of their tasks. On the driver; thread-safe.
 *
 * <p>Settings of Spark's: {@code spark.seeql.model_cache}, a folder on each machine where the files
 * of models are kept, by default {@code ~/.cache/seeql/models}.
 */
public final class FrameTaskPlanner {
  private static final String MODEL_CACHE = "spark.seeql.model_cache";

  private final SparkSession spark;
  private final Path modelCache;

  public FrameTaskPlanner(SparkSession spark) {
    this.spark = requireNonNull(spark, "spark is null");
    this.modelCache =
        Path.of(spark.conf().get(MODEL_CACHE, SessionOptions.standard().modelCache().toString()))
            .toAbsolutePath();
  }

  /**
   * Detection.
   *
   * @throws RefusalException if no model has the name, it does not detect, or there is no such
   *     folder
   * @throws org.seeql.udf.InferenceException if a file is no model
   */
  public FrameTaskSettings detection(DetectOptions options) {
    ModelDescription model = new FrameModels(spark, modelCache).find(options.model());
    if (!model.layout().detects()) {
      throw new RefusalException(
          "Model '%s' can only classify: use classify(…)".formatted(options.model().text()));
    }
    return work(model, options.pipeline(), options.device(), options.imageDir());
  }

  /**
   * Classification.
   *
   * @throws RefusalException if no model has the name, it does not classify, or there is no such
   *     folder
   * @throws org.seeql.udf.InferenceException if a file is no model
   */
  public FrameTaskSettings classification(ClassifyOptions options) {
    ModelDescription model = new FrameModels(spark, modelCache).find(options.model());
    if (model.layout().detects()) {
      throw new RefusalException(
          "Model '%s' can only detect: use detect(…)".formatted(options.model().text()));
    }
    return work(model, options.pipeline(), options.device(), options.imageDir());
  }

  private FrameTaskSettings work(
      ModelDescription model,
      PipelineOptions pipeline,
      DeviceChoice device,
      Optional<String> imageDir) {
    return new FrameTaskSettings(
        model, pipeline, device, imageDir(imageDir), modelCache().toString(), coresOfAnExecutor());
  }

  /**
   * A folder in full; empty where paths are absolute.
   *
   * @throws RefusalException if there is no such folder
   */
  public String imageDir(Optional<String> folder) {
    return folder.map(FrameTaskPlanner::located).orElse("");
  }

  private static String located(String folder) {
    try {
      return ImageLocation.root(folder, Path.of("").toAbsolutePath());
    } catch (IOException e) {
      throw new RefusalException(
          "Invalid image_dir '%s': %s".formatted(folder, ImageLocation.reason(e)), e);
    }
  }

  Path modelCache() {
    return modelCache;
  }

  int coresOfAnExecutor() {
    return Cores.of(spark).anExecutor();
  }
}
