package org.seeql.job.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.QueryRows;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.RunState;
import org.seeql.planner.statement.TableName;

/**
 * Writes the rows of a table or of a run into a file. The rows are read as a stream, from one
 * statement, in the order of the primary key if there is one.
 */
public final class TableExport {
  private static final String RUN_ID = "run_id";

  private final DatabaseConnector database;

  public TableExport(DatabaseConnector database) {
    this.database = requireNonNull(database, "database is null");
  }

  /**
   * The rows to export.
   *
   * @param table with its database
   * @param runId only the rows of this run; empty for all rows
   */
  public record Source(TableName table, Optional<String> runId) {
    public Source {
      requireNonNull(table, "table is null");
      requireNonNull(runId, "runId is null");
    }
  }

  /**
   * The rows of a run.
   *
   * @throws RefusalException if the run has not succeeded, or if its target does not have its rows
   */
  public Source rowsOf(RunRecord run) throws SQLException {
    String what = "Cannot export run " + run.runId();
    try (DatabaseSession session = DatabaseSession.borrow(database)) {
      RunState state = RunRecords.state(session, run.runId()).orElseThrow();
      if (state != RunState.SUCCEEDED) {
        throw new RefusalException(
            "%s: its state is %s, not succeeded; seeql run --resume %s continues it"
                .formatted(what, state.word(), run.runId()));
      }
      TableName target =
          run.target()
              .orElseThrow(
                  () ->
                      new RefusalException(
                          what + ": its statement has no INTO, so its rows were not stored"));
      if (FileTarget.isWritten(target)) {
        throw new RefusalException(
            "%s: its rows are in Parquet files already, in %s".formatted(what, target.name()));
      }
      Optional<ExistingTable> table = ExistingTable.find(session, target);
      if (table.filter(t -> t.isWrittenBy(run.runId())).isPresent() && !run.result().appends()) {
        // Later runs may have added rows.
        return new Source(
            target, table.flatMap(t -> t.findColumn(RUN_ID)).map(column -> run.runId()));
      }
      boolean hasRunIds =
          run.layout().columns().stream().anyMatch(column -> column.name().equals(RUN_ID));
      if (!hasRunIds || table.flatMap(t -> t.findColumn(RUN_ID)).isEmpty()) {
        throw new RefusalException(
            "%s: %s does not show which rows are from this run; export the table %s"
                .formatted(what, target, target));
      }
      if (!hasRows(session, target, run.runId())
          && PartitionRecords.totals(session, run.runId()).rows() > 0) {
        throw new RefusalException(
            "%s: %s no longer contains its rows: a later run or another program replaced them"
                .formatted(what, target));
      }
      return new Source(target, Optional.of(run.runId()));
    }
  }

  private static boolean hasRows(DatabaseSession session, TableName table, String runId)
      throws SQLException {
    return session
        .findFirst(
            "SELECT 1 FROM " + table.quoted() + " WHERE run_id = ? LIMIT 1", row -> true, runId)
        .orElse(false);
  }

  /**
   * Exports rows.
   *
   * @param out stays open; its content is valid only if this method returns
   * @return the number of rows
   * @throws RefusalException if there is no such table, or if the format has no such value
   */
  public long write(Source source, RowFile.Format format, OutputStream out) throws IOException {
    TableName table = source.table();
    try (DatabaseSession session = DatabaseSession.openForReading(database)) {
      if (ExistingTable.find(session, table).isEmpty()) {
        throw new RefusalException("Cannot export %s: there is no such table".formatted(table));
      }
      // Instants are written in UTC.
      session.execute("SET time_zone = '+00:00'");
      List<TableColumn> columns = TableColumn.list(session, table);
      String sql = select(session, source, columns);
      try (Statement statement = QueryRows.streaming(session.createStatement())) {
        statement.execute(sql);
        try (QueryRows rows = new QueryRows(database, statement)) {
          return write(rows, format, out, columns);
        }
      }
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot export " + table, e);
    }
  }

  private static long write(
      QueryRows rows, RowFile.Format format, OutputStream out, List<TableColumn> columns)
      throws IOException {
    long written = 0;
    try (RowFile file = format.open(out, columns.stream().map(TableColumn::column).toList())) {
      while (rows.hasNext()) {
        file.write(TableColumn.values(columns, rows.next()));
        written++;
      }
    }
    return written;
  }

  private static String select(DatabaseSession session, Source source, List<TableColumn> columns)
      throws SQLException {
    TableName table = source.table();
    String expressions =
        columns.stream().map(TableColumn::expression).collect(Collectors.joining(", "));
    String where =
        source
            .runId()
            // A run id has only letters, digits and hyphens.
            .map(id -> " WHERE %s = '%s'".formatted(RUN_ID, id))
            .orElse("");
    List<String> key =
        session.query(
            "SELECT column_name FROM information_schema.statistics WHERE table_schema = ? AND"
                + " table_name = ? AND index_name = 'PRIMARY' ORDER BY seq_in_index",
            row -> TableName.quote(row.getString(1)),
            table.database().orElseThrow(),
            table.name());
    String order = key.isEmpty() ? "" : " ORDER BY " + String.join(", ", key);
    return "SELECT " + expressions + " FROM " + table.quoted() + where + order;
  }
}
