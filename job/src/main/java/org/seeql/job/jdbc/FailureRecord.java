package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An image that has no result.
 *
 * @param row of the selection
 * @param path as in the selection; empty where it is NULL
 * @param stage {@code read}, {@code decode} or {@code infer}
 */
public record FailureRecord(
    long row, Optional<String> imageId, Optional<String> path, String stage, String reason) {
  public FailureRecord {
    requireNonNull(imageId, "imageId is null");
    requireNonNull(path, "path is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(reason, "reason is null");
  }
}
