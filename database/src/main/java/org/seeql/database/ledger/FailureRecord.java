package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An image that has no result.
 *
 * @param row its row number in the selection
 * @param path as in the selection; empty if it is NULL
 * @param stage {@code read}, {@code decode} or {@code infer}
 * @param file empty if no file could be read
 */
public record FailureRecord(
    long row,
    Optional<String> imageId,
    Optional<String> path,
    String stage,
    String reason,
    Optional<FileState> file) {
  public FailureRecord {
    requireNonNull(imageId, "imageId is null");
    requireNonNull(path, "path is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(file, "file is null");
  }
}
