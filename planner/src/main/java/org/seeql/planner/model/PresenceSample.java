package org.seeql.planner.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;

/**
 * A representative sample of labelled images, with the classes that each shows.
 *
 * @param classes each once
 * @param rows one row per image and one character per class, in their order: {@code 1} if the image
 *     shows the class, otherwise {@code 0}
 * @param weights the weight of each row, at least 0; their sum is positive
 */
public record PresenceSample(List<String> classes, List<String> rows, List<Double> weights)
    implements World {
  public PresenceSample {
    classes = List.copyOf(classes);
    rows = List.copyOf(rows);
    weights = List.copyOf(weights);
    checkRows(classes, rows);
    if (rows.size() != weights.size()) {
      throw new IllegalArgumentException(rows.size() + " rows have " + weights.size() + " weights");
    }
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException("a weight is negative or not a number: " + weight);
      }
      total += weight;
    }
    if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the sum of the weights is " + total);
    }
  }

  /** A sample with equal weights. */
  public static PresenceSample of(List<String> classes, List<String> rows) {
    return new PresenceSample(classes, rows, Collections.nCopies(rows.size(), 1.0));
  }

  @Override
  public boolean covers(String className) {
    return classes.contains(className);
  }

  static void checkRows(List<String> classes, List<String> rows) {
    if (new HashSet<>(classes).size() < classes.size()) {
      throw new IllegalArgumentException("a class occurs twice: " + classes);
    }
    for (String row : rows) {
      checkBits("a row", row);
      if (row.length() != classes.size()) {
        throw new IllegalArgumentException(
            classes.size() + " classes, but a row has length " + row.length() + ": " + row);
      }
    }
  }

  static void checkBits(String name, String bits) {
    if (bits.chars().anyMatch(c -> c != '0' && c != '1')) {
      throw new IllegalArgumentException(name + " contains characters other than 0 and 1: " + bits);
    }
  }
}
