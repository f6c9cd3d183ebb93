package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.RefusalException;

/**
 * The parameters of an import.
 *
 * @param database the database for the tables; both are created if they are missing
 * @param imageFolder an absolute path or a URI to which the images' file names are relative
 * @param split the name that is stored with the images for their part of the data set
 */
public record DataSetRequest(
    String database, String imageFolder, Optional<String> split, OnError onError) {
  public DataSetRequest {
    requireNonNull(database, "database is null");
    requireNonNull(imageFolder, "imageFolder is null");
    requireNonNull(split, "split is null");
    requireNonNull(onError, "onError is null");
    if (split.isPresent()
        && (split.get().isBlank() || split.get().length() > DataSetTables.LONGEST_SPLIT)) {
      throw new RefusalException(
          "Invalid split: '%s' (1 to %d characters)"
              .formatted(split.get(), DataSetTables.LONGEST_SPLIT));
    }
  }
}
