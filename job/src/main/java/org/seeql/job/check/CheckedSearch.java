package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import org.seeql.job.find.ChosenPlan;

/** A run of TO FIND that nothing speaks against, with how its models were chosen. */
public record CheckedSearch(CheckedRun run, ChosenPlan choice) {
  public CheckedSearch {
    requireNonNull(run, "run is null");
    requireNonNull(choice, "choice is null");
  }
}
