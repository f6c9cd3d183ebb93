package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.datasets.record.LabelledImage;

/**
 * An image and what an import adds to it.
 *
 * @param path of its file, relative to the database's image root
 * @param split which part of the data set it belongs to
 */
record PlacedImage(LabelledImage image, String path, Optional<String> split) {
  PlacedImage {
    requireNonNull(image, "image is null");
    requireNonNull(path, "path is null");
    requireNonNull(split, "split is null");
  }
}
