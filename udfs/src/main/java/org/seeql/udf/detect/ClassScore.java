package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The probability of a class for the whole image.
 *
 * @param score from 0 to 1
 */
public record ClassScore(int classId, String label, float score) implements Serializable {
  public ClassScore {
    requireNonNull(label, "label is null");
  }
}
