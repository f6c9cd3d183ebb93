package org.seeql.udf.layout;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an exporter wrote into a model's file about the model. The keys are those of Ultralytics.
 *
 * @param task for example {@code detect}, {@code segment} or {@code classify}
 * @param names of the classes, by class id; empty if the file does not declare them
 * @param imageSize height and width of the input in pixels; one number if they are equal; empty if
 *     the file does not declare them
 * @param suppressed whether the model applies non-maximum suppression itself, or needs none
 * @param keypointShape number of keypoints and values per keypoint; empty if there are none
 * @param mostImages the largest batch for which the model returns boxes, although it accepts larger
 *     ones; empty if there is no such limit
 * @param ofUltralytics whether Ultralytics exported the model, whose input is then known
 * @see <a
 *     href="https://github.com/ultralytics/ultralytics/blob/v8.3.0/ultralytics/engine/exporter.py#L265">The
 *     exporter of Ultralytics</a>
 */
public record ExportMetadata(
    Optional<String> task,
    List<String> names,
    List<Integer> imageSize,
    boolean suppressed,
    List<Integer> keypointShape,
    OptionalInt mostImages,
    boolean ofUltralytics) {
  public static final ExportMetadata NONE =
      new ExportMetadata(Optional.empty(), List.of(), List.of(), false, List.of());

  /** Metadata of another exporter, without a limit of images. */
  public ExportMetadata(
      Optional<String> task,
      List<String> names,
      List<Integer> imageSize,
      boolean suppressed,
      List<Integer> keypointShape) {
    this(task, names, imageSize, suppressed, keypointShape, OptionalInt.empty(), false);
  }

  public ExportMetadata {
    names = List.copyOf(names);
    imageSize = List.copyOf(imageSize);
    keypointShape = List.copyOf(keypointShape);
  }

  /** These metadata, or those of another file of the same model if this file has none. */
  public ExportMetadata orElse(ExportMetadata other) {
    return equals(NONE) ? other : this;
  }

  /** The same metadata with the size of an input and names that were determined otherwise. */
  public ExportMetadata completed(int width, int height, List<String> labels) {
    return new ExportMetadata(
        task, labels, List.of(height, width), suppressed, keypointShape, mostImages, ofUltralytics);
  }

  boolean isOther(String expectedTask) {
    return task.isPresent() && !task.get().equals(expectedTask);
  }

  boolean is(String expectedTask) {
    return task.isPresent() && task.get().equals(expectedTask);
  }

  /** Whether Ultralytics trained the model for that task. */
  boolean isOfUltralytics(String expectedTask) {
    return ofUltralytics && is(expectedTask);
  }

  /** Why pixel values of 0 to 1 are right for a model of that task; empty if they may be wrong. */
  Optional<String> normalizationEvidence(String expectedTask) {
    return isOfUltralytics(expectedTask)
        ? Optional.of("Ultralytics exported it, and trains with pixel values of 0 to 1")
        : Optional.empty();
  }
}
