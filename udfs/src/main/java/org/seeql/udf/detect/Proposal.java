package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A detection with everything that the detector computes about its classes.
 *
 * @param objectness the probability that there is an object, 0 to 1
 * @param classes the probability of each class, by class id
 */
public record Proposal(Detection detection, float objectness, List<Float> classes)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public Proposal {
    requireNonNull(detection, "detection is null");
    // Copies the list: the serialized form of a List.copyOf result is defined by the JDK
    classes = List.copyOf(new ArrayList<>(classes));
  }
}
