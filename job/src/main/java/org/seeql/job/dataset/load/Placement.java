package org.seeql.job.dataset.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.job.dataset.record.LabelledImage;

/** What an import says of all of its images. */
record Placement(ImageFolder folder, Optional<String> split) {
  Placement {
    requireNonNull(folder, "folder is null");
    requireNonNull(split, "split is null");
  }

  PlacedImage place(LabelledImage image) {
    return new PlacedImage(image, folder.prefix() + image.fileName(), split);
  }
}
