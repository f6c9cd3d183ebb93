package org.seeql.database.ledger;

/**
 * What tells whether a file has changed since an image of it failed.
 *
 * @param bytes size
 * @param modifiedMillis modification time, in milliseconds since 1970
 */
public record FileState(long bytes, long modifiedMillis) {}
