package org.seeql.udf.batch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.ExifRotation;

/**
 * The options of one run of a pipeline. Immutable.
 *
 * @param batchSize the number of images per model call
 * @param confidence the minimum score of a detection or tag that is kept, 0 to 1; does not apply to
 *     classifications
 * @param iou overlap, 0 to 1, above which the weaker of two boxes of one class is dropped
 * @param maxDetections the number of detections kept per image, the best
 * @param topClasses the number of classes kept per classification, the best
 * @param maxPixels of an image; larger images fail before they are decoded
 * @param boxesOnly whether masks are left out, because only boxes are used
 * @param unitVectors whether vectors are divided by their length
 */
public record PipelineOptions(
    BatchSize batchSize,
    double confidence,
    double iou,
    int maxDetections,
    int topClasses,
    ExifRotation exifRotation,
    long maxPixels,
    ModelVariation variation,
    boolean boxesOnly,
    boolean unitVectors)
    implements Serializable {
  /** 100 megapixels: more than current cameras produce, and less than 300 MB decoded. */
  public static final long MAX_PIXELS = 100_000_000;

  /** The default options; confidence and IoU are those of YOLOv5's detect.py. */
  public static final PipelineOptions DEFAULT =
      new PipelineOptions(
          BatchSize.AUTO,
          0.25,
          0.45,
          300,
          5,
          ExifRotation.APPLY,
          MAX_PIXELS,
          ModelVariation.NONE,
          false,
          false);

  public PipelineOptions {
    requireNonNull(batchSize, "batchSize is null");
    requireNonNull(exifRotation, "exifRotation is null");
    requireNonNull(variation, "variation is null");
    require(confidence >= 0 && confidence <= 1, "confidence", confidence, "0 to 1");
    require(iou >= 0 && iou <= 1, "iou", iou, "0 to 1");
    require(maxDetections > 0, "maxDetections", maxDetections, "at least 1");
    require(topClasses > 0, "topClasses", topClasses, "at least 1");
    require(maxPixels > 0, "maxPixels", maxPixels, "at least 1");
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value + " (" + range + ")");
    }
  }

  /** The options that determine which boxes are kept. */
  public Thresholds thresholds() {
    return new Thresholds(confidence, iou, maxDetections);
  }

  public PipelineOptions withBatchSize(BatchSize images) {
    return new PipelineOptions(
        images,
        confidence,
        iou,
        maxDetections,
        topClasses,
        exifRotation,
        maxPixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withConfidence(double score) {
    return new PipelineOptions(
        batchSize,
        score,
        iou,
        maxDetections,
        topClasses,
        exifRotation,
        maxPixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withIou(double overlap) {
    return new PipelineOptions(
        batchSize,
        confidence,
        overlap,
        maxDetections,
        topClasses,
        exifRotation,
        maxPixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withMaxDetections(int detections) {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        detections,
        topClasses,
        exifRotation,
        maxPixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withTopClasses(int classes) {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        maxDetections,
        classes,
        exifRotation,
        maxPixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withExifRotation(ExifRotation rotation) {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        maxDetections,
        topClasses,
        rotation,
        maxPixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withMaxPixels(long pixels) {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        maxDetections,
        topClasses,
        exifRotation,
        pixels,
        variation,
        boxesOnly,
        unitVectors);
  }

  public PipelineOptions withVariation(ModelVariation newVariation) {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        maxDetections,
        topClasses,
        exifRotation,
        maxPixels,
        newVariation,
        boxesOnly,
        unitVectors);
  }

  /** For callers that use only boxes, classes and scores. */
  public PipelineOptions withBoxesOnly() {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        maxDetections,
        topClasses,
        exifRotation,
        maxPixels,
        variation,
        true,
        unitVectors);
  }

  /** For vectors of the Euclidean length 1. */
  public PipelineOptions withUnitVectors() {
    return new PipelineOptions(
        batchSize,
        confidence,
        iou,
        maxDetections,
        topClasses,
        exifRotation,
        maxPixels,
        variation,
        boxesOnly,
        true);
  }
}
