package org.seeql.job.sink;

import java.io.IOException;
import java.io.Serializable;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.AttemptRows;

/**
 * The executors' part of a {@link ResultSink}. Serialized to them; contains no password and no
 * resource.
 */
public interface PartitionSink extends Serializable {
  /**
   * Opens the rows of an attempt at a partition. Several attempts at one partition may be open at
   * once, also of several drivers of the run. They must not write to the same place outside the
   * database, so the name of a file contains the partition and both parts of the attempt.
   *
   * @param connector to the database with the selection
   */
  AttemptRows open(DatabaseConnector connector, int partition, AttemptId attempt)
      throws IOException;
}
