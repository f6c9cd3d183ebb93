package org.seeql.planner.cascade;

/**
 * A plan in numbers, evaluated on the selection half.
 *
 * @param ladders by variable
 * @param verdicts of the ladders on the rows
 * @param order models of the plan by priority, as numbers of the instance
 * @param costMillis mean per row, in this order
 */
@SuppressWarnings("ArrayRecordComponent") // created in inner loops
record Candidate(
    Ladder[] ladders, Verdicts verdicts, int[] order, Counts counts, double costMillis) {}
