package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.job.SessionOptions;
import org.seeql.job.inference.ImageLocation;
import org.seeql.job.model.VisionTasks;
import org.seeql.job.run.Cores;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.plan.VisionTask;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.model.ModelDescription;

/**
 * Converts the options of frame operations to the settings of their tasks. On the driver;
 * thread-safe.
 *
 * <p>Reads the Spark setting {@code spark.seeql.model_cache}: a folder for model files on each
 * machine, by default {@code ~/.cache/seeql/models}.
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
   * The settings of a detection.
   *
   * @throws RefusalException if no model has the name, it is not a detector, or the folder does not
   *     exist
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public FrameTaskSettings detection(DetectOptions options) {
    ModelDescription model = model(options.model(), VisionTask.DETECT);
    return work(model, options.pipeline(), options.device(), options.imageDir());
  }

  /**
   * The settings of a classification.
   *
   * @throws RefusalException if no model has the name, it is not a classifier, or the folder does
   *     not exist
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public FrameTaskSettings classification(ClassifyOptions options) {
    ModelDescription model = model(options.model(), VisionTask.CLASSIFY);
    return work(model, options.pipeline(), options.device(), options.imageDir());
  }

  /**
   * The settings of a search for tags.
   *
   * @throws RefusalException if no model has the name, it is not a tagger, or the folder does not
   *     exist
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public FrameTaskSettings tagging(TagOptions options) {
    ModelDescription model = model(options.model(), VisionTask.TAG);
    return work(model, options.pipeline(), options.device(), options.imageDir());
  }

  /**
   * The settings of a computation of vectors.
   *
   * @throws RefusalException if no model has the name, it does not return vectors, or the folder
   *     does not exist
   * @throws org.seeql.udf.InferenceException if a file is not a model
   */
  public FrameTaskSettings embedding(EmbedOptions options) {
    ModelDescription model = model(options.model(), VisionTask.EMBED);
    return work(model, options.pipeline(), options.device(), options.imageDir());
  }

  private ModelDescription model(ModelReference reference, VisionTask required) {
    ModelDescription model = new FrameModels(spark, modelCache).find(reference);
    VisionTask task = VisionTasks.of(model);
    if (task != required) {
      throw new RefusalException(
          "Model '%1$s' can only %2$s: use %2$s(…)".formatted(reference.text(), task));
    }
    return model;
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
   * The complete form of a folder; empty if paths are absolute.
   *
   * @throws RefusalException if the folder does not exist
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
