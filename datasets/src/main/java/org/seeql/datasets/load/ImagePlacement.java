package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.datasets.record.LabelledImage;

/** The values that an import adds to all of its images. */
record ImagePlacement(ImageFolder folder, ImageNames names, Optional<String> split) {
  ImagePlacement {
    requireNonNull(folder, "folder is null");
    requireNonNull(names, "names is null");
    requireNonNull(split, "split is null");
  }

  /** Places an image whose name has been checked. */
  PlacedImage place(LabelledImage image) {
    return new PlacedImage(image, folder.prefix() + below(image), split);
  }

  /** Whether the image's file exists. */
  boolean exists(LabelledImage image) {
    return names.exists(below(image));
  }

  private String below(LabelledImage image) {
    return names.below(image.fileName()).orElse(image.fileName());
  }
}
