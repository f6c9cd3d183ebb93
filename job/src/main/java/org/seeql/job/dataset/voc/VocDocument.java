package org.seeql.job.dataset.voc;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.seeql.job.dataset.record.Place;

/**
 * What an annotation file of Pascal VOC says.
 *
 * @param fields text by path: {@code size/width}
 * @param objects in the order of the file
 */
record VocDocument(Map<String, String> fields, List<VocObject> objects) {
  VocDocument {
    fields = Map.copyOf(fields);
    objects = List.copyOf(objects);
  }

  /**
   * An object.
   *
   * @param fields text by path: {@code bndbox/xmin}; those of its parts are left out
   */
  record VocObject(Place place, Map<String, String> fields) {
    VocObject {
      requireNonNull(place, "place is null");
      fields = Map.copyOf(fields);
    }
  }
}
