package org.seeql.job.run;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.Selection;
import org.seeql.job.sink.ResultSink;

/** The tables of a run that failed before it committed anything. */
final class RunLeftovers {
  private RunLeftovers() {}

  /**
   * Drops the run's selection and its unpublished result table if no partition is committed. A task
   * that still runs cannot commit afterwards.
   *
   * @param session in autocommit mode
   * @return whether nothing of the run is left
   * @throws OwnershipLostException if another driver owns the run; nothing is dropped then
   */
  static boolean drop(DatabaseSession session, RunOwner owner, RunRecord run)
      throws IOException, SQLException {
    AtomicBoolean deleted = new AtomicBoolean();
    owner.write(
        session, own -> deleted.set(PartitionRecords.deleteUnlessCommitted(own, run.runId())));
    if (!deleted.get()) {
      return false;
    }
    ResultSink.of(run).discard(session);
    Selection.drop(session, run.runId());
    return true;
  }
}
