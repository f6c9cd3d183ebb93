package org.seeql.job.sink;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SessionResult;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;

/**
 * Where the rows of a run go, as seen by its driver: prepare, let partitions write, publish or
 * discard. Every step may be repeated, by this driver or by one that resumes the run. Immutable.
 *
 * <p>A sink does not decide which attempts are part of the result. The ledger does, by the mark of
 * a partition in {@code run_partitions}. What attempts write becomes part of the result only in the
 * transaction that sets the mark, see {@link org.seeql.database.ledger.AttemptRows}.
 *
 * <p>A sink of files names them by partition and {@link org.seeql.database.ledger.AttemptId}. The
 * mark contains the attempt, and so it names the file; no further table is needed. {@link
 * PartitionRecords#committedAttempts} returns the attempts of a run. A lost attempt may still
 * create its file after the publication. So attempts write where readers do not look, and
 * publishing moves only the committed files from there.
 *
 * <p>A run fails if a step throws an exception. It can be resumed if a partition is committed, or
 * after an {@link IOException}, a {@link RefusalException}, an unchecked exception or an {@link
 * SQLException} that a repetition may avoid, such as a lost connection. If no partition is
 * committed, any other {@link SQLException} discards the run.
 */
public interface ResultSink {

  /** The sink of a run. */
  static ResultSink of(RunRecord run) {
    return run.target()
        .flatMap(FileTarget::find)
        .<ResultSink>map(target -> new ParquetSink(run, target))
        .orElseGet(() -> new DatabaseTableSink(run));
  }

  /** The place into which partitions write, for messages. */
  String place();

  /** Whether the place into which partitions write exists. */
  boolean exists(DatabaseSession session) throws SQLException;

  /** Whether an earlier driver of the run has published the rows. */
  boolean isPublished(DatabaseSession session) throws SQLException;

  /** Creates the place into which partitions write, unless it exists. The caller owns the run. */
  void prepare(DatabaseSession session) throws IOException, SQLException;

  /** What executors need to write partitions. */
  PartitionSink partitions();

  /**
   * Shows the rows of the committed attempts to readers, at once, unless they see them already.
   * Removes what other attempts have left. Work outside the database is done while a transaction
   * holds the lease: no other driver can take the run over meanwhile.
   *
   * @param committed the totals of the committed partitions, which are all partitions
   * @throws RefusalException if the target may not be replaced, or the rows are gone
   * @throws org.seeql.database.ledger.OwnershipLostException if another driver has taken over the
   *     run
   */
  void publish(DatabaseConnector connector, RunOwner owner, PartitionRecords.Totals committed)
      throws IOException, SQLException;

  /**
   * The published rows, if the statement returns them because it names no place for them. The
   * receiver closes them, which removes them.
   */
  Optional<SessionResult.Query> findShownRows(DatabaseConnector connector)
      throws IOException, SQLException;

  /**
   * Removes rows that are not published and never will be. An exception is logged, and does not
   * change the state of the run.
   */
  void discard(DatabaseSession session) throws IOException, SQLException;
}
