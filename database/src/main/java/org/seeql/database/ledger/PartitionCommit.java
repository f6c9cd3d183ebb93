package org.seeql.database.ledger;

/**
 * What an attempt at a partition says when it commits.
 *
 * @param attempt of the Spark task
 * @param images rows of the selection, the failed ones included
 * @param rows of the result
 * @param seconds from the first image to the commit
 * @param figures JSON: how the attempt went, for summaries
 */
public record PartitionCommit(
    long attempt, long images, long failed, long rows, double seconds, String figures) {}
