/**
 * The choice of the models that decide a predicate, with bounds on cost, accuracy and memory.
 * {@code org.seeql.job.find} calls it with profiles from the database.
 */
package org.seeql.planner.optimizer;
