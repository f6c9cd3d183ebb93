package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A licence of images. */
public record LicenseRecord(long id, Optional<String> name, Optional<String> url) {
  public LicenseRecord {
    requireNonNull(name, "name is null");
    requireNonNull(url, "url is null");
  }
}
