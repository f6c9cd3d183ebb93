package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.datasets.record.LabelledImage;

/**
 * An image with the values that an import adds.
 *
 * @param path of its file, relative to the database's image root
 * @param split the part of the data set to which it belongs
 */
record PlacedImage(LabelledImage image, String path, Optional<String> split) {
  PlacedImage {
    requireNonNull(image, "image is null");
    requireNonNull(path, "path is null");
    requireNonNull(split, "split is null");
  }
}
