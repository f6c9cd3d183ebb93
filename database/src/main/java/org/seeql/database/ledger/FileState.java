package org.seeql.database.ledger;

/**
 * The state of a file, from which SeeQL detects whether it has changed since its image failed.
 *
 * @param bytes size
 * @param modifiedMillis modification time, in milliseconds since 1970
 */
public record FileState(long bytes, long modifiedMillis) {}
