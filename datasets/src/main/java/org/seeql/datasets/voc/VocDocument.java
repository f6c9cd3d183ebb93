package org.seeql.datasets.voc;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.datasets.record.Place;

/**
 * What an annotation file of Pascal VOC says.
 *
 * @param values of the image
 * @param objects in the order of the file
 */
record VocDocument(VocValues values, List<VocObject> objects) {
  VocDocument {
    requireNonNull(values, "values is null");
    objects = List.copyOf(objects);
  }

  /**
   * An object. Some tools write one with a box for each of its instances.
   *
   * @param values but for those of its boxes and of its parts
   * @param boxes with {@code bndbox/xmin} and the like, in the order of the file
   */
  record VocObject(Place place, VocValues values, List<VocValues> boxes) {
    VocObject {
      requireNonNull(place, "place is null");
      requireNonNull(values, "values is null");
      boxes = List.copyOf(boxes);
    }

    /** The values of each instance; of an object without a box there is one. */
    List<VocValues> instances() {
      return boxes.isEmpty() ? List.of(values) : boxes.stream().map(values::plus).toList();
    }
  }
}
