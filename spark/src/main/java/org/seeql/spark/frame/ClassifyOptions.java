package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.BatchSize;
import org.seeql.udf.batch.PipelineOptions;

/**
 * The model and options of a classification. Immutable; each {@code with…} method returns a copy.
 *
 * @param images the column of the frame that contains the images
 * @param imageDir folder or URI to which relative paths refer; files outside it are not read. If
 *     empty, paths are absolute and all files can be read
 * @param pipeline batch size and other numeric options
 */
public record ClassifyOptions(
    ModelReference model,
    ImageColumn images,
    Optional<String> imageDir,
    DeviceChoice device,
    OnFailure onFailure,
    PipelineOptions pipeline) {
  public ClassifyOptions {
    requireNonNull(model, "model is null");
    requireNonNull(images, "images is null");
    requireNonNull(imageDir, "imageDir is null");
    requireNonNull(device, "device is null");
    requireNonNull(onFailure, "onFailure is null");
    requireNonNull(pipeline, "pipeline is null");
  }

  /** Classification with a registered model. */
  public static ClassifyOptions model(String name) {
    return model(ModelReference.named(name));
  }

  /** Classification with a model. */
  public static ClassifyOptions model(ModelReference model) {
    return new ClassifyOptions(
        model,
        ImageColumn.USUAL,
        Optional.empty(),
        DeviceChoice.AUTO,
        OnFailure.KEEP,
        PipelineOptions.DEFAULT);
  }

  public ClassifyOptions withImages(ImageColumn column) {
    return new ClassifyOptions(model, column, imageDir, device, onFailure, pipeline);
  }

  public ClassifyOptions withImageDir(String folder) {
    return new ClassifyOptions(model, images, Optional.of(folder), device, onFailure, pipeline);
  }

  public ClassifyOptions withDevice(DeviceChoice choice) {
    return new ClassifyOptions(model, images, imageDir, choice, onFailure, pipeline);
  }

  public ClassifyOptions withOnFailure(OnFailure choice) {
    return new ClassifyOptions(model, images, imageDir, device, choice, pipeline);
  }

  /** Sets the maximum number of images per call of the model. */
  public ClassifyOptions withBatchSize(int most) {
    return with(pipeline.withBatchSize(BatchSize.atMost(most)));
  }

  public ClassifyOptions with(PipelineOptions numbers) {
    return new ClassifyOptions(model, images, imageDir, device, onFailure, numbers);
  }
}
