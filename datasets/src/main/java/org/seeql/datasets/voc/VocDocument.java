package org.seeql.datasets.voc;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.datasets.record.Place;

/**
 * The content of a Pascal VOC annotation file.
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
   * An object. Some tools write one object with a box for each of its instances.
   *
   * @param values without the values of its boxes and parts
   * @param boxes the values {@code bndbox/xmin} and so on of each box, in the order of the file
   */
  record VocObject(Place place, VocValues values, List<VocValues> boxes) {
    VocObject {
      requireNonNull(place, "place is null");
      requireNonNull(values, "values is null");
      boxes = List.copyOf(boxes);
    }

    /** The values of each instance. An object without a box has one instance. */
    List<VocValues> instances() {
      return boxes.isEmpty() ? List.of(values) : boxes.stream().map(values::plus).toList();
    }
  }
}
