package org.seeql.job.sink;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SessionResult;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.AttemptRows;
import org.seeql.database.ledger.CompletedImageSets;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.Publication;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.ResultTable;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.ShownResult;
import org.seeql.database.ledger.TableRows;
import org.seeql.planner.statement.TableName;

/**
 * A table of the database: the target itself if the run appends, else a staging table that replaces
 * the target when all partitions are committed.
 */
final class DatabaseTableSink implements ResultSink {
  private final RunRecord run;
  private final ResultTable table;

  DatabaseTableSink(RunRecord run) {
    this.run = requireNonNull(run, "run is null");
    this.table = run.result();
  }

  @Override
  public String place() {
    return table.written().toString();
  }

  @Override
  public boolean exists(DatabaseSession session) throws SQLException {
    return table.exists(session);
  }

  @Override
  public boolean isPublished(DatabaseSession session) throws SQLException {
    return table.isPublished(session);
  }

  @Override
  public void prepare(DatabaseSession session) throws SQLException {
    table.create(session, run.layout());
    CompletedImageSets.assignToCurrentTable(session, run);
  }

  @Override
  public PartitionSink partitions() {
    TableName written = table.written();
    return new Inserts(run.runId(), written.database().orElseThrow(), written.name(), run.layout());
  }

  @Override
  public void publish(
      DatabaseConnector connector, RunOwner owner, PartitionRecords.Totals committed)
      throws SQLException {
    new Publication(connector, owner, table, run.replacing(run.mode())).publish();
    if (table.appends() && committed.images() > 0) {
      requireRows(connector, committed);
    }
  }

  /** Refuses a run whose target was replaced while the run appended to it. */
  private void requireRows(DatabaseConnector connector, PartitionRecords.Totals committed)
      throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      if (CompletedImageSets.isReplaced(session, run)) {
        throw new RefusalException(
            "%s was dropped or replaced while the run was adding to it, and the rows of its %d partitions are lost; run its statement again"
                .formatted(table.written(), committed.committed()));
      }
    }
  }

  @Override
  public Optional<SessionResult.Query> findShownRows(DatabaseConnector connector)
      throws SQLException {
    return run.target().isPresent()
        ? Optional.empty()
        : Optional.of(ShownResult.open(connector, table));
  }

  @Override
  public void discard(DatabaseSession session) throws SQLException {
    table.dropUnpublished(session);
  }

  /**
   * Inserts rows into the table.
   *
   * @param database the database of the table
   */
  private record Inserts(String runId, String database, String table, ResultLayout layout)
      implements PartitionSink {
    private static final long serialVersionUID = 1L;

    @Override
    public AttemptRows open(DatabaseConnector connector, int partition, AttemptId attempt) {
      return new TableRows(runId, TableName.of(database, table), layout);
    }
  }
}
