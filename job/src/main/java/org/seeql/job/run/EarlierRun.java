package org.seeql.job.run;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.Selection;
import org.seeql.job.RunFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The progress of an earlier run that was requested with the same id. */
public enum EarlierRun {
  NONE,
  UNFINISHED,
  SUCCEEDED;

  private static final Logger LOG = LoggerFactory.getLogger(EarlierRun.class);

  /**
   * Finds an earlier run. A run whose driver died before it selected anything is deleted and
   * treated as not existing.
   *
   * @param statement the statement that is requested now
   * @param lease how long a driver owns a run without a heartbeat
   * @throws RefusalException if the id belongs to a run of another statement, or the run is still
   *     running
   * @throws RunFailedException if another driver took the run over in the meantime
   */
  public static EarlierRun find(
      DatabaseConnector connector, String runId, String statement, Duration lease)
      throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      Optional<RunRecord> found = RunRecords.find(session, runId);
      if (found.isEmpty()) {
        return NONE;
      }
      if (!found.get().statement().equals(statement)) {
        throw new RefusalException(
            "Run %s belongs to another statement; choose another run id, or submit that statement"
                .formatted(runId));
      }
      EarlierRun earlier = of(session, runId);
      if (earlier != NONE) {
        return earlier;
      }
    }
    return delete(connector, runId, lease);
  }

  private static EarlierRun of(DatabaseSession session, String runId) throws SQLException {
    if (RunRecords.hasSucceeded(session, runId)) {
      return SUCCEEDED;
    }
    return hasBegun(session, runId) ? UNFINISHED : NONE;
  }

  /** Whether a run has selected its images, so that it can be resumed. */
  public static boolean hasBegun(DatabaseSession session, String runId) throws SQLException {
    return ExistingTable.find(session, Selection.table(runId)).isPresent()
        || PartitionRecords.totals(session, runId).partitions() > 0;
  }

  private static EarlierRun delete(DatabaseConnector connector, String runId, Duration lease)
      throws SQLException {
    try (RunOwner owner =
            RunOwner.take(connector, runId, lease, waiting -> LOG.info("Waiting {}", waiting));
        DatabaseSession session = DatabaseSession.borrow(connector)) {
      // another driver may have worked on it before this one became its owner
      EarlierRun earlier = of(session, runId);
      if (earlier == NONE) {
        owner.write(session, own -> RunRecords.delete(own, runId));
      }
      return earlier;
    } catch (OwnershipLostException e) {
      throw RunFailure.ownershipLost(runId, e, e);
    }
  }
}
