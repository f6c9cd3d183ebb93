package org.seeql.datasets.voc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.seeql.datasets.record.KnownIds;

/**
 * Assigns ids to the names in Pascal VOC. It uses the database's id if the name is known there, and
 * otherwise a new id. The same folder therefore gets the same ids each time.
 */
final class VocIds {

  /**
   * Exclusive limit for the objects of an image. Their ids are the image's id times this, plus 1, 2
   * and so on.
   */
  static final long OBJECTS_PER_IMAGE = 10_000;

  /** Numbered from 1, in VOC's order. */
  private static final List<String> CLASSES =
      List.of(
          "aeroplane",
          "bicycle",
          "bird",
          "boat",
          "bottle",
          "bus",
          "car",
          "cat",
          "chair",
          "cow",
          "diningtable",
          "dog",
          "horse",
          "motorbike",
          "person",
          "pottedplant",
          "sheep",
          "sofa",
          "train",
          "tvmonitor");

  private final KnownIds known;
  private final Map<String, Long> images = new HashMap<>();
  private final Map<String, Long> categories = new TreeMap<>();
  private final Set<Long> categoryIds = new HashSet<>();
  private long lastImage;
  private long nextCategory = CLASSES.size() + 1L;

  VocIds(KnownIds known) throws SQLException {
    this.known = requireNonNull(known, "known is null");
    this.lastImage = known.lastImage();
  }

  long image(String fileName) throws SQLException {
    Long id = images.get(fileName);
    if (id == null) {
      OptionalLong stored = known.image(fileName);
      id = stored.isPresent() ? stored.getAsLong() : ++lastImage;
      images.put(fileName, id);
    }
    return id;
  }

  long category(String name) throws SQLException {
    Long id = categories.get(name);
    if (id == null) {
      OptionalLong stored = known.category(name);
      id = stored.isPresent() ? stored.getAsLong() : newCategory(name);
      categories.put(name, id);
      categoryIds.add(id);
    }
    return id;
  }

  private long newCategory(String name) throws SQLException {
    long ofVoc = CLASSES.indexOf(name) + 1L;
    if (ofVoc > 0 && isFree(ofVoc)) {
      return ofVoc;
    }
    while (!isFree(nextCategory)) {
      nextCategory++;
    }
    return nextCategory;
  }

  private boolean isFree(long id) throws SQLException {
    return !known.hasCategory(id) && !categoryIds.contains(id);
  }

  /** All categories that have been requested, by name. */
  Map<String, Long> categories() {
    return categories;
  }
}
