package org.seeql.datasets.record;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sections of a data set, with COCO's names. */
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

  /** Finds a section by its name in a file, which is also the name of its table. */
  public static Optional<Section> find(String name) {
    return Arrays.stream(values()).filter(s -> s.table().equals(name)).findFirst();
  }

  public String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of a single record. */
  public String one() {
    return one;
  }
}
