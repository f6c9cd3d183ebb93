package org.seeql.cli.command;

import org.seeql.planner.plan.OptionSet;
import picocli.CommandLine.Option;

/**
 * Defaults for the runs of a program; a statement's options override them. The planner validates
 * the values together with those of the statement.
 */
final class InferenceOptions {
  private OptionSet options = OptionSet.NONE;

  /** The options that the user gave, as text. */
  OptionSet options() {
    return options;
  }

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Tasks that a selection is cut into. Default: by its size and the cores.")
  void partitions(String value) {
    set("partitions", value);
  }

  @Option(
      names = {"--batch_size", "--batch-size"},
      paramLabel = "N",
      description = "The most images given to the model at once. Default: auto, found in the run.")
  void batchSize(String value) {
    set("batch_size", value);
  }

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description = "cpu, gpu or auto (a GPU where there is one). Default: auto.")
  void device(String value) {
    set("device", value);
  }

  @Option(
      names = {"--mode", "--write_mode", "--write-mode"},
      paramLabel = "MODE",
      description =
          "What to do with a target that exists: error, append or overwrite. Default: overwrite,"
              + " but only what an earlier run wrote.")
  void mode(String value) {
    set("mode", value);
  }

  @Option(
      names = "--result",
      paramLabel = "SHAPE",
      description =
          "long (a row a detection), wide (a row an image, a column a class) or image (a row an"
              + " image, JSON). Default: long.")
  void result(String value) {
    set("result", value);
  }

  @Option(
      names = "--confidence",
      paramLabel = "SCORE",
      description = "The least score of a detection that is kept, 0 to 1. Default: 0.25.")
  void confidence(String value) {
    set("confidence", value);
  }

  @Option(
      names = "--iou",
      paramLabel = "IOU",
      description =
          "The overlap above which the weaker of two boxes is dropped, 0 to 1. Default: 0.45.")
  void iou(String value) {
    set("iou", value);
  }

  @Option(
      names = {"--max_failed_images", "--max-failed-images"},
      paramLabel = "LIMIT",
      description =
          "A run fails when more images than this cannot be read: a count, or a percentage of the"
              + " selection. Default: 10%%.")
  void maxFailedImages(String value) {
    set("max_failed_images", value);
  }

  @Option(
      names = {"--max_detections", "--max-detections"},
      paramLabel = "N",
      description = "The most detections kept of an image. Default: 300.")
  void maxDetections(String value) {
    set("max_detections", value);
  }

  @Option(
      names = {"--top_k", "--top-k"},
      paramLabel = "N",
      description = "How many classes a classifier names for an image. Default: 1.")
  void topK(String value) {
    set("top_k", value);
  }

  @Option(
      names = {"--image_dir", "--image-dir"},
      paramLabel = "DIR",
      description =
          "Folder or URI that relative paths of images start from. Default: the one that was"
              + " imported.")
  void imageDir(String value) {
    set("image_dir", value);
  }

  @Option(
      names = {"--path_column", "--path-column"},
      paramLabel = "COLUMN",
      description = "The column with an image's path. Default: path, else file_name.")
  void pathColumn(String value) {
    set("path_column", value);
  }

  @Option(
      names = {"--id_column", "--id-column"},
      paramLabel = "COLUMN",
      description = "The column that names an image. Default: image_id, else id, else the key.")
  void idColumn(String value) {
    set("id_column", value);
  }

  @Option(
      names = {"--exif_rotation", "--exif-rotation"},
      paramLabel = "BOOLEAN",
      description = "Whether a photo is turned as its EXIF orientation says. Default: true.")
  void exifRotation(String value) {
    set("exif_rotation", value);
  }

  @Option(
      names = {"--max_pixels", "--max-pixels"},
      paramLabel = "N",
      description = "An image with more pixels is not decoded. Default: 100000000.")
  void maxPixels(String value) {
    set("max_pixels", value);
  }

  @Option(
      names = {"--only_new", "--only-new"},
      paramLabel = "BOOLEAN",
      arity = "0..1",
      fallbackValue = "true",
      description =
          "With --mode append: leave out images that the target has from the same version of the"
              + " model.")
  void onlyNew(String value) {
    set("only_new", value);
  }

  @Option(
      names = {"--max_attempts", "--max-attempts"},
      paramLabel = "N",
      description =
          "With --only_new: how often an image may fail before it is skipped until its file"
              + " changes. Default: 3.")
  void maxAttempts(String value) {
    set("max_attempts", value);
  }

  private void set(String name, String value) {
    options = options.with(name, value, "the command line (--" + name + ")");
  }
}
