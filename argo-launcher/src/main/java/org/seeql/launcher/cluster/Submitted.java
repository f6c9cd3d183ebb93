package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

/**
 * The outcome of a submission.
 *
 * @param run the name of its workflow
 * @param phase Argo's phase of the workflow; {@code Pending} before Argo has processed it
 * @param sameOptions whether the existing workflow equals the requested one; false if an earlier
 *     submission of the run had other options, which are retained
 */
public record Submitted(String run, Outcome outcome, String phase, boolean sameOptions) {

  /** What existed before. */
  public enum Outcome {
    /** Nothing existed. */
    CREATED,
    /** An interrupted submission existed, and was completed. */
    COMPLETED,
    /** Everything existed. Nothing was changed. */
    ALREADY_THERE
  }

  public Submitted {
    requireNonNull(run, "run is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(phase, "phase is null");
  }
}
