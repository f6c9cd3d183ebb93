package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.BatchSize;
import org.seeql.udf.batch.PipelineOptions;

/**
 * The model and options of a detection. Immutable; each {@code with…} method returns a copy.
 *
 * <p>The defaults are those of {@code TO RUN}: a minimum score of 0.25, an IoU of 0.45 for boxes of
 * the same class, 300 objects per image, and the best batch size for the device.
 *
 * @param images the column of the frame that contains the images
 * @param imageDir folder or URI to which relative paths refer; files outside it are not read. If
 *     empty, paths are absolute and all files can be read
 * @param pipeline batch size, minimum score, IoU and other numeric options
 */
public record DetectOptions(
    ModelReference model,
    ImageColumn images,
    Optional<String> imageDir,
    DeviceChoice device,
    OnFailure onFailure,
    PipelineOptions pipeline) {
  public DetectOptions {
    requireNonNull(model, "model is null");
    requireNonNull(images, "images is null");
    requireNonNull(imageDir, "imageDir is null");
    requireNonNull(device, "device is null");
    requireNonNull(onFailure, "onFailure is null");
    requireNonNull(pipeline, "pipeline is null");
  }

  /** Detection with a registered model. */
  public static DetectOptions model(String name) {
    return model(ModelReference.named(name));
  }

  /** Detection with a model. */
  public static DetectOptions model(ModelReference model) {
    return new DetectOptions(
        model,
        ImageColumn.USUAL,
        Optional.empty(),
        DeviceChoice.AUTO,
        OnFailure.KEEP,
        PipelineOptions.DEFAULT);
  }

  public DetectOptions withImages(ImageColumn column) {
    return new DetectOptions(model, column, imageDir, device, onFailure, pipeline);
  }

  public DetectOptions withImageDir(String folder) {
    return new DetectOptions(model, images, Optional.of(folder), device, onFailure, pipeline);
  }

  public DetectOptions withDevice(DeviceChoice choice) {
    return new DetectOptions(model, images, imageDir, choice, onFailure, pipeline);
  }

  public DetectOptions withOnFailure(OnFailure choice) {
    return new DetectOptions(model, images, imageDir, device, choice, pipeline);
  }

  /** Sets the maximum number of images per call of the model. */
  public DetectOptions withBatchSize(int most) {
    return with(pipeline.withBatchSize(BatchSize.atMost(most)));
  }

  /** Sets the minimum score of a detection, 0 to 1. */
  public DetectOptions withConfidence(double least) {
    return with(pipeline.withConfidence(least));
  }

  /** Sets the IoU, 0 to 1, above which the weaker of two boxes of a class is dropped. */
  public DetectOptions withIou(double most) {
    return with(pipeline.withIou(most));
  }

  /** Sets the maximum number of detections per image; the best ones are kept. */
  public DetectOptions withMaxDetections(int most) {
    return with(pipeline.withMaxDetections(most));
  }

  public DetectOptions with(PipelineOptions numbers) {
    return new DetectOptions(model, images, imageDir, device, onFailure, numbers);
  }
}
