package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.udf.batch.Prediction;

/**
 * An image with the rows to write for it.
 *
 * @param rows each in the order of the result's computed columns
 */
record AnsweredImage(
    SelectedRow image, Optional<Prediction.Failure> failure, List<List<Object>> rows) {
  AnsweredImage {
    requireNonNull(image, "image is null");
    requireNonNull(failure, "failure is null");
    rows = List.copyOf(rows);
  }
}
