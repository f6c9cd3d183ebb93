package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seeql.job.train.StoredTraining;

/**
 * What the page of a training shows, not yet formatted.
 *
 * @param stored empty if the training has not completed
 * @param pictures of the worst mistakes, the worst first
 * @param unreadable the number of mistakes whose pictures could not be read again
 */
record TrainingPage(Optional<StoredTraining> stored, List<Wrong> pictures, long unreadable) {
  TrainingPage {
    requireNonNull(stored, "stored is null");
    pictures = List.copyOf(pictures);
  }

  /** A wrong answer with its picture. */
  record Wrong(StoredTraining.Mistake mistake, Thumbnails.Thumbnail picture) {
    Wrong {
      requireNonNull(mistake, "mistake is null");
      requireNonNull(picture, "picture is null");
    }
  }
}
