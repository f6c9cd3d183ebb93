package org.seeql.job.sink;

import java.io.IOException;
import java.io.Serializable;
import org.seeql.database.ledger.AttemptRows;

/**
 * The executors' part of a {@link ResultSink}. Serialized to them; contains no password and no
 * resource.
 */
public interface PartitionSink extends Serializable {
  /**
   * Opens the rows of an attempt at a partition. Several attempts at one partition may be open at
   * once; they must not write to the same place outside the database.
   *
   * @param attempt of the Spark task; unique in the run
   */
  AttemptRows open(int partition, long attempt) throws IOException;
}
