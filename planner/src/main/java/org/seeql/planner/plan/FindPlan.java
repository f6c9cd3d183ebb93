package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import org.seeql.planner.predicate.Predicate;

/**
 * One search for images, as far as it can be known without the database, which knows the models.
 *
 * @param run how the images are run through whichever models are chosen; it names none
 */
public record FindPlan(InferencePlan run, Predicate predicate, FindOptions options) {
  public FindPlan {
    requireNonNull(run, "run is null");
    requireNonNull(predicate, "predicate is null");
    requireNonNull(options, "options is null");
  }
}
