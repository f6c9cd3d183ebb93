package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.datasets.record.KnownIds;

/**
 * Assigns ids to the images and classes of a data set. It uses the database's id if the name is
 * known there. Otherwise, an image gets the next id, and a class its number.
 */
final class YoloIds {

  /**
   * Exclusive limit for the objects of an image. Their ids are the image's id times this, plus 1, 2
   * and so on.
   */
  static final long OBJECTS_PER_IMAGE = 10_000;

  private final KnownIds known;
  private final SortedMap<Integer, Long> categories = new TreeMap<>();
  private long lastImage;

  /**
   * @param names the names of the classes by their numbers, all different
   */
  YoloIds(KnownIds known, SortedMap<Integer, String> names) throws SQLException {
    this.known = requireNonNull(known, "known is null");
    this.lastImage = known.lastImage();
    Set<Long> taken = new HashSet<>();
    for (Map.Entry<Integer, String> name : names.entrySet()) {
      OptionalLong stored = known.category(name.getValue());
      if (stored.isPresent()) {
        categories.put(name.getKey(), stored.getAsLong());
        taken.add(stored.getAsLong());
      }
    }
    for (int number : names.keySet()) {
      if (!categories.containsKey(number)) {
        // Otherwise the number of a later class could be taken.
        long id = isFree(number, taken) ? number : next(names.lastKey() + 1L, taken);
        categories.put(number, id);
        taken.add(id);
      }
    }
  }

  private long next(long first, Set<Long> taken) throws SQLException {
    long id = first;
    while (!isFree(id, taken)) {
      id++;
    }
    return id;
  }

  private boolean isFree(long id, Set<Long> taken) throws SQLException {
    return !known.hasCategory(id) && !taken.contains(id);
  }

  /** The id of an image that has not been requested before. */
  long image(String fileName) throws SQLException {
    OptionalLong stored = known.image(fileName);
    return stored.isPresent() ? stored.getAsLong() : ++lastImage;
  }

  /** The ids of the categories by the numbers of the classes. */
  SortedMap<Integer, Long> categories() {
    return Collections.unmodifiableSortedMap(categories);
  }
}
