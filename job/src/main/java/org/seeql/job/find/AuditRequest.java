package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.optimizer.Bounds;

/**
 * The comparison of a run's answers with those of other models on random images of the run.
 *
 * @param images number of images
 * @param auditor the other models, whose answers count as the truth: the reference, or the most
 *     accurate model for each class
 * @param bounds of the run
 * @param confidenceLevel of the limits, 0 to 1, exclusive
 */
public record AuditRequest(
    int images, PlannedModels auditor, Bounds bounds, double confidenceLevel) {
  public AuditRequest {
    requireNonNull(auditor, "auditor is null");
    requireNonNull(bounds, "bounds is null");
    if (!(confidenceLevel > 0 && confidenceLevel < 1)) {
      throw new IllegalArgumentException(
          "confidenceLevel is not between 0 and 1: " + confidenceLevel);
    }
    if (images < 1) {
      throw new IllegalArgumentException("images is below 1: " + images);
    }
  }
}
