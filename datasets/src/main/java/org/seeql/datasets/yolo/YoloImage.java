package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import org.seeql.datasets.record.Problem;

/**
 * An image of a data set, whose header has been read.
 *
 * @param fileName relative to the folder of images, with slashes; absolute if it is outside
 * @param id 0 if there is a problem
 * @param problem the reason why it has no size
 */
record YoloImage(String fileName, long id, int width, int height, Optional<Problem> problem) {
  private static final String IMAGES = "/images/";
  private static final String LABELS = "/labels/";

  YoloImage {
    requireNonNull(fileName, "fileName is null");
    requireNonNull(problem, "problem is null");
  }

  /**
   * The label file of an image: the last folder "images" of its path is "labels" instead, and its
   * ending is {@code .txt}.
   */
  static Path labels(Path image) {
    String path = image.toString();
    int images = path.lastIndexOf(IMAGES);
    String labels =
        images < 0
            ? path
            : path.substring(0, images) + LABELS + path.substring(images + IMAGES.length());
    int dot = labels.lastIndexOf('.');
    return Path.of((dot > labels.lastIndexOf('/') ? labels.substring(0, dot) : labels) + ".txt");
  }
}
