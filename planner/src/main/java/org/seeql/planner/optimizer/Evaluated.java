package org.seeql.planner.optimizer;

/**
 * An assignment and what it is worth.
 *
 * @param costMillis of the best plan that the strategy makes of it
 */
@SuppressWarnings("ArrayRecordComponent") // made in inner loops
record Evaluated(int[] assignment, Quality quality, double costMillis) {}
