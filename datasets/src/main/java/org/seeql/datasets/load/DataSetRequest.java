package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.RefusalException;

/**
 * What an import is to do.
 *
 * @param database where the tables are made, and the database with them if it is missing
 * @param imageFolder an absolute path or a URI that the images' file names start from
 * @param split the name that the images get as their part of the data set
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
          "Invalid split: '%s' (1 to %d letters)"
              .formatted(split.get(), DataSetTables.LONGEST_SPLIT));
    }
  }
}
