package org.seeql.database.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * The rows of one attempt at a partition, for one kind of target. {@link PartitionWriter} decides
 * whether the attempt commits. The rows only take part in that transaction: as rows of a table, or
 * as a file that the attempt has written. The mark that the transaction sets in {@code
 * run_partitions} contains the {@link AttemptId}. A file with this id in its name needs no record
 * of its own. For one thread.
 */
public interface AttemptRows extends AutoCloseable {
  /**
   * Adds a row of the result.
   *
   * @param image as {@link SelectionReader} read it
   * @param computed values in the order of {@link ResultLayout#computedColumns}
   */
  void add(SelectedRow image, List<Object> computed) throws IOException, SQLException;

  /**
   * Whether the added rows should be written into the transaction now, because they occupy much
   * memory. Always false if {@link #write} requires {@link #complete}.
   */
  boolean isFull();

  /**
   * Completes what the attempt writes outside the database, such as a file. The transaction of the
   * commit follows, which may be repeated. No row is added afterwards.
   */
  void complete() throws IOException;

  /**
   * Writes, in the transaction that commits the partition, what makes the rows part of the result.
   * Until {@link #clear}, another call writes the same again: a transaction whose connection is
   * lost is repeated.
   */
  void write(DatabaseSession transaction) throws SQLException;

  /** Removes from memory what was written. The transaction remains open. */
  void clear();

  /**
   * Releases resources. Deletes nothing: the response to a commit may be lost, so only the driver
   * knows which attempts have committed.
   */
  @Override
  void close();
}
