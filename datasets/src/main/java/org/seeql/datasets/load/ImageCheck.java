package org.seeql.datasets.load;

import java.util.Optional;
import org.seeql.datasets.record.LabelledImage;

/** Checks an image on its own, without other records. */
final class ImageCheck {
  private ImageCheck() {}

  /** The reason why an image cannot be imported. */
  static Optional<String> fault(LabelledImage image, ImageNames names) {
    String name = image.fileName();
    if (image.width() <= 0 || image.height() <= 0) {
      return Optional.of("its size is %d x %d".formatted(image.width(), image.height()));
    }
    if (name.isBlank()) {
      return Optional.of("its file_name is empty");
    }
    if (name.length() > DataSetTables.LONGEST_FILE_NAME) {
      return Optional.of(
          "its file_name has more than " + DataSetTables.LONGEST_FILE_NAME + " characters");
    }
    if (name.indexOf('\0') >= 0) {
      return Optional.of("its file_name contains a zero byte");
    }
    if (names.below(name).isEmpty()) {
      return Optional.of("its file_name is outside the folder of images: " + name);
    }
    return Optional.empty();
  }
}
