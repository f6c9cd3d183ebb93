package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.model.ModelDescription;

/**
 * The settings for running a model over rows. Serialized to the executors.
 *
 * @param imageDir an absolute path or a URI; empty if paths are absolute
 * @param modelCache a folder of the executor's machine
 * @param cores number of cores of one executor that inference may use, as known to the driver; see
 *     {@code ExecutorCores}
 */
public record FrameTaskSettings(
    ModelDescription model,
    PipelineOptions options,
    DeviceChoice device,
    String imageDir,
    String modelCache,
    int cores)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public FrameTaskSettings {
    requireNonNull(model, "model is null");
    requireNonNull(options, "options is null");
    requireNonNull(device, "device is null");
    requireNonNull(imageDir, "imageDir is null");
    requireNonNull(modelCache, "modelCache is null");
    if (cores < 1) {
      throw new IllegalArgumentException("cores is below 1: " + cores);
    }
  }
}
