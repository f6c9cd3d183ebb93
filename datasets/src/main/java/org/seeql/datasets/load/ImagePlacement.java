package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.LabelledImage;

/**
 * The values that an import adds to its images.
 *
 * @param split of the images whose source has none of its own
 */
record ImagePlacement(ImageFolder folder, ImageNames names, Optional<String> split) {
  ImagePlacement {
    requireNonNull(folder, "folder is null");
    requireNonNull(names, "names is null");
    requireNonNull(split, "split is null");
  }

  /** Places an image of a source, whose name has been checked. */
  PlacedImage place(LabelledImage image, DataSetSource source) {
    return new PlacedImage(image, folder.prefix() + below(image), source.split().or(() -> split));
  }

  /** Whether the image's file exists. */
  boolean exists(LabelledImage image) {
    return names.exists(below(image));
  }

  private String below(LabelledImage image) {
    return names.below(image.fileName()).orElse(image.fileName());
  }
}
