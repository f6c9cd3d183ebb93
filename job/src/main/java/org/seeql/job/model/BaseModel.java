package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

/** The model of which another one is a variation. It may have been replaced or dropped since. */
public record BaseModel(String name, int version) {
  public BaseModel {
    requireNonNull(name, "name is null");
  }

  @Override
  public String toString() {
    return name + ", version " + version;
  }
}
