package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of explanations.
 *
 * @param labels the classes whose answers are explained; empty for all that the model reports
 * @param masks the maximum number of random masks for each image
 * @param grid the number of cells of a random mask along each side
 * @param probability the probability that a cell is visible
 * @param seed together with the image's id, it determines the random masks
 * @param window the side of an occluding window, as a share of the image's side
 * @param stride the distance between windows, as a share of the image's side
 * @param faithfulness whether insertion and deletion are measured
 */
public record SaliencyOptions(
    SaliencyMethod method,
    List<String> labels,
    int masks,
    int grid,
    double probability,
    long seed,
    double window,
    double stride,
    boolean faithfulness)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public SaliencyOptions {
    requireNonNull(method, "method is null");
    // Copies the list: the serialized form of a List.copyOf result is defined by the JDK
    labels = List.copyOf(new ArrayList<>(labels));
    require(masks >= 1, "masks", masks);
    require(grid >= 1, "grid", grid);
    require(probability > 0 && probability < 1, "probability", probability);
    require(window > 0 && window <= 1, "window", window);
    require(stride > 0 && stride <= 1, "stride", stride);
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("Invalid " + name + ": " + value);
    }
  }
}
