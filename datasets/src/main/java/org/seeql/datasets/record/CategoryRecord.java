package org.seeql.datasets.record;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A class of objects.
 *
 * @param extra a JSON object of the fields that COCO's detection format does not define
 */
public record CategoryRecord(
    long id, String name, Optional<String> supercategory, Optional<String> extra) {
  public CategoryRecord {
    requireNonNull(name, "name is null");
    requireNonNull(supercategory, "supercategory is null");
    requireNonNull(extra, "extra is null");
  }
}
