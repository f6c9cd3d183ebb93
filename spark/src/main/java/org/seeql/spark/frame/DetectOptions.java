package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.plan.DeviceChoice;
import org.seeql.udf.batch.PipelineOptions;

/**
 * What to detect with, and how. Immutable; each {@code with…} gives a copy.
 *
 * <p>What is not said is as in {@code TO RUN}: scores from 0.25, boxes of one class that overlap by
 * more than 0.45 are one object, 300 objects an image, batches as large as the device likes best.
 *
 * @param images the column of the frame that holds the images
 * @param imageDir folder or URI that relative paths start from, and outside of which nothing is
 *     read; empty: paths are absolute, and anything that they name is read
 * @param pipeline batch size, least score, overlap and the other numbers
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

  /** Detection with a model that is registered under a name. */
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

  /** With the most images that go to the model at once. */
  public DetectOptions withBatchSize(int most) {
    return with(pipeline.withBatchSize(most));
  }

  /** With the least score, 0 to 1, of a detection that is kept. */
  public DetectOptions withConfidence(double least) {
    return with(pipeline.withConfidence(least));
  }

  /** With the overlap, 0 to 1, above which the weaker of two boxes of a class is dropped. */
  public DetectOptions withIou(double most) {
    return with(pipeline.withIou(most));
  }

  /** With the most detections of an image that are kept, the best. */
  public DetectOptions withMaxDetections(int most) {
    return with(pipeline.withMaxDetections(most));
  }

  public DetectOptions with(PipelineOptions numbers) {
    return new DetectOptions(model, images, imageDir, device, onFailure, numbers);
  }
}
