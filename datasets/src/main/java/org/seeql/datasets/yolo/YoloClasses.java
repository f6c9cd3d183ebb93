package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What label files refer to.
 *
 * @param ids the ids of the categories by the numbers of the classes
 */
record YoloClasses(SortedMap<Integer, Long> ids, Optional<KeypointShape> keypoints) {
  YoloClasses {
    requireNonNull(ids, "ids is null");
    requireNonNull(keypoints, "keypoints is null");
  }
}
