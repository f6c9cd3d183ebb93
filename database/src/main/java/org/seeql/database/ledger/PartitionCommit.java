package org.seeql.database.ledger;

/**
 * The values that an attempt at a partition commits.
 *
 * @param images rows of the selection, including the failed ones
 * @param rows rows of the result
 * @param seconds from the first image to the commit
 * @param figures JSON: measurements of the attempt, for summaries
 */
public record PartitionCommit(
    long images, long failed, long rows, double seconds, String figures) {}
