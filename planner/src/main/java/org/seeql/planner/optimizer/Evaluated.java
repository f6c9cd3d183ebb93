package org.seeql.planner.optimizer;

/**
 * An assignment with its quality and cost.
 *
 * @param costMillis of the strategy's best plan for the assignment
 */
@SuppressWarnings("ArrayRecordComponent") // created in inner loops
record Evaluated(int[] assignment, Quality quality, double costMillis) {}
