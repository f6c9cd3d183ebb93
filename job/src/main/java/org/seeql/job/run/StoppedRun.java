package org.seeql.job.run;

import java.sql.SQLException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunRecords;

/** Records and reports the state of a run that was stopped. */
public final class StoppedRun {
  private static final String REASON = "interrupted";

  private StoppedRun() {}

  /**
   * Records why the run ended, if the database can be reached, and describes the state that
   * remains.
   */
  public static String record(DatabaseConnector connector, String runId) {
    String resuming = "resume with `seeql run --resume %s`".formatted(runId);
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      if (RunRecords.hasSucceeded(session, runId)) {
        return "run %s has succeeded".formatted(runId);
      }
      RunRecords.renameFailure(session, runId, REASON);
      PartitionRecords.Totals totals = PartitionRecords.totals(session, runId);
      if (totals.partitions() > 0) {
        return "%d of %d partitions are committed; %s"
            .formatted(totals.committed(), totals.partitions(), resuming);
      }
      return EarlierRun.hasBegun(session, runId)
          ? "nothing is committed; " + resuming
          : "no images were selected; run the statement again";
    } catch (SQLException e) {
      return "committed partitions are kept; " + resuming;
    }
  }
}
