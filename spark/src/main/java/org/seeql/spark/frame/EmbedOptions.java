package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.BatchSize;
import org.seeql.udf.batch.PipelineOptions;

/**
 * The model and options of a computation of vectors. Immutable; each {@code with…} method returns a
 * copy.
 *
 * @param images the column of the frame that contains the images
 * @param imageDir folder or URI to which relative paths refer; files outside it are not read. If
 *     empty, paths are absolute and all files can be read
 * @param pipeline batch size and other numeric options
 */
public record EmbedOptions(
    ModelReference model,
    ImageColumn images,
    Optional<String> imageDir,
    DeviceChoice device,
    OnFailure onFailure,
    PipelineOptions pipeline) {
  public EmbedOptions {
    requireNonNull(model, "model is null");
    requireNonNull(images, "images is null");
    requireNonNull(imageDir, "imageDir is null");
    requireNonNull(device, "device is null");
    requireNonNull(onFailure, "onFailure is null");
    requireNonNull(pipeline, "pipeline is null");
  }

  /** Vectors of a registered model. */
  public static EmbedOptions model(String name) {
    return model(ModelReference.named(name));
  }

  /** Vectors of a model. */
  public static EmbedOptions model(ModelReference model) {
    return new EmbedOptions(
        model,
        ImageColumn.USUAL,
        Optional.empty(),
        DeviceChoice.AUTO,
        OnFailure.KEEP,
        PipelineOptions.DEFAULT);
  }

  public EmbedOptions withImages(ImageColumn column) {
    return new EmbedOptions(model, column, imageDir, device, onFailure, pipeline);
  }

  public EmbedOptions withImageDir(String folder) {
    return new EmbedOptions(model, images, Optional.of(folder), device, onFailure, pipeline);
  }

  public EmbedOptions withDevice(DeviceChoice choice) {
    return new EmbedOptions(model, images, imageDir, choice, onFailure, pipeline);
  }

  public EmbedOptions withOnFailure(OnFailure choice) {
    return new EmbedOptions(model, images, imageDir, device, choice, pipeline);
  }

  /** Sets the maximum number of images per call of the model. */
  public EmbedOptions withBatchSize(int most) {
    return with(pipeline.withBatchSize(BatchSize.atMost(most)));
  }

  /** Divides each vector by its Euclidean length. */
  public EmbedOptions withUnitVectors() {
    return with(pipeline.withUnitVectors());
  }

  public EmbedOptions with(PipelineOptions numbers) {
    return new EmbedOptions(model, images, imageDir, device, onFailure, numbers);
  }
}
