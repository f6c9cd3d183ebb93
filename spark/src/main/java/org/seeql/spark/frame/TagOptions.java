package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.BatchSize;
import org.seeql.udf.batch.PipelineOptions;

/**
 * The model and options of a search for tags. Immutable; each {@code with…} method returns a copy.
 *
 * <p>The defaults are those of {@code TO RUN}: a minimum score of 0.25, and the best batch size for
 * the device.
 *
 * @param images the column of the frame that contains the images
 * @param imageDir folder or URI to which relative paths refer; files outside it are not read. If
 *     empty, paths are absolute and all files can be read
 * @param pipeline batch size, minimum score and other numeric options
 */
public record TagOptions(
    ModelReference model,
    ImageColumn images,
    Optional<String> imageDir,
    DeviceChoice device,
    OnFailure onFailure,
    PipelineOptions pipeline) {
  public TagOptions {
    requireNonNull(model, "model is null");
    requireNonNull(images, "images is null");
    requireNonNull(imageDir, "imageDir is null");
    requireNonNull(device, "device is null");
    requireNonNull(onFailure, "onFailure is null");
    requireNonNull(pipeline, "pipeline is null");
  }

  /** Tags of a registered model. */
  public static TagOptions model(String name) {
    return model(ModelReference.named(name));
  }

  /** Tags of a model. */
  public static TagOptions model(ModelReference model) {
    return new TagOptions(
        model,
        ImageColumn.USUAL,
        Optional.empty(),
        DeviceChoice.AUTO,
        OnFailure.KEEP,
        PipelineOptions.DEFAULT);
  }

  public TagOptions withImages(ImageColumn column) {
    return new TagOptions(model, column, imageDir, device, onFailure, pipeline);
  }

  public TagOptions withImageDir(String folder) {
    return new TagOptions(model, images, Optional.of(folder), device, onFailure, pipeline);
  }

  public TagOptions withDevice(DeviceChoice choice) {
    return new TagOptions(model, images, imageDir, choice, onFailure, pipeline);
  }

  public TagOptions withOnFailure(OnFailure choice) {
    return new TagOptions(model, images, imageDir, device, choice, pipeline);
  }

  /** Sets the maximum number of images per call of the model. */
  public TagOptions withBatchSize(int most) {
    return with(pipeline.withBatchSize(BatchSize.atMost(most)));
  }

  /** Sets the minimum score of a tag, 0 to 1. */
  public TagOptions withConfidence(double least) {
    return with(pipeline.withConfidence(least));
  }

  public TagOptions with(PipelineOptions numbers) {
    return new TagOptions(model, images, imageDir, device, onFailure, numbers);
  }
}
