package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which parts of an image an answer of a model depends on.
 *
 * @param masks the number of masks that were used
 * @param stability how much the maps of both halves of the random masks agree, -1 to 1; empty for
 *     occlusion
 * @param energyInBox the share of the map inside the box; empty if the answer has no box
 * @param faithfulness empty if it was not requested
 */
public record Explanation(
    ExplainedAnswer answer,
    SaliencyMap map,
    int masks,
    OptionalDouble stability,
    OptionalDouble energyInBox,
    Optional<Faithfulness> faithfulness) {
  public Explanation {
    requireNonNull(answer, "answer is null");
    requireNonNull(map, "map is null");
    requireNonNull(stability, "stability is null");
    requireNonNull(energyInBox, "energyInBox is null");
    requireNonNull(faithfulness, "faithfulness is null");
  }
}
