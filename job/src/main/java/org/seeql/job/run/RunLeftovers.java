package org.seeql.job.run;

import java.sql.SQLException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.Selection;

/** The tables of a run that failed before anything of it was committed. */
final class RunLeftovers {
  private RunLeftovers() {}

  /**
   * Drops the run's selection and the table that it was to be published from, if no partition is
   * committed. A task that still runs cannot commit afterwards. Under the lock of the run.
   *
   * @return whether nothing of the run is left
   */
  static boolean drop(DatabaseSession session, RunRecord run) throws SQLException {
    if (!PartitionRecords.deleteUnlessCommitted(session, run.runId())) {
      return false;
    }
    run.result().dropUnpublished(session);
    Selection.drop(session, run.runId());
    return true;
  }
}
