package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/** A data set's description of itself. */
public record InfoRecord(
    OptionalInt year,
    Optional<String> version,
    Optional<String> description,
    Optional<String> contributor,
    Optional<String> url,
    Optional<String> dateCreated) {
  public InfoRecord {
    requireNonNull(year, "year is null");
    requireNonNull(version, "version is null");
    requireNonNull(description, "description is null");
    requireNonNull(contributor, "contributor is null");
    requireNonNull(url, "url is null");
    requireNonNull(dateCreated, "dateCreated is null");
  }
}
