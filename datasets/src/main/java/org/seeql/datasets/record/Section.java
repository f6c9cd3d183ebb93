package org.seeql.datasets.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The parts of a data set, as COCO calls them. */
public enum Section {
  INFO("info"),
  LICENSES("license"),
  CATEGORIES("category"),
  IMAGES("image"),
  ANNOTATIONS("annotation");

  private final String one;

  Section(String one) {
    this.one = one;
  }

  /** The section of that name in a file, which is also the name of its table. */
  public static Optional<Section> find(String name) {
    return Arrays.stream(values()).filter(s -> s.table().equals(name)).findFirst();
  }

  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What one record of it is called. */
  public String one() {
    return one;
  }
}
