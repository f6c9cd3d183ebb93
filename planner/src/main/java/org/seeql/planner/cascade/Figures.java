package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.seeql.planner.optimizer.Quality;

/**
 * Cost and quality of a plan on one half of the sample.
 *
 * @param expectedCostMillis mean milliseconds per image, without decoding and loading
 */
public record Figures(int rows, double expectedCostMillis, Quality quality)
    implements Serializable {
  public Figures {
    requireNonNull(quality, "quality is null");
  }
}
