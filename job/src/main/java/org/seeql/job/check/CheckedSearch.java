package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import org.seeql.job.find.ChosenPlan;

/** A run of TO FIND that passed all checks, with the choice of its models. */
public record CheckedSearch(CheckedRun run, ChosenPlan choice) {
  public CheckedSearch {
    requireNonNull(run, "run is null");
    requireNonNull(choice, "choice is null");
  }
}
