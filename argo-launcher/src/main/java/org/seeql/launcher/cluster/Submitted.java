package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

/**
 * What came of a submission.
 *
 * @param run the name of its workflow
 * @param phase of the workflow, as Argo tells it; {@code Pending} where it has not looked yet
 * @param sameOptions whether the workflow that is there is the one that was to be made: false if an
 *     earlier submission of the run had other options, which stay
 */
public record Submitted(String run, Outcome outcome, String phase, boolean sameOptions) {

  /** What was there before. */
  public enum Outcome {
    /** Nothing. */
    CREATED,
    /** A submission that had ended half way: the rest has been made. */
    COMPLETED,
    /** All of it. Nothing was changed. */
    ALREADY_THERE
  }

  public Submitted {
    requireNonNull(run, "run is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(phase, "phase is null");
  }
}
