package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.statement.TableName;

/** Reads the tables of a data set row by row, in the state of one moment. Not thread-safe. */
final class DataSetReading {
  private static final int FETCH_ROWS = 1_000;
  private static final List<String> REQUIRED = List.of("images", "categories", "annotations");

  private final DatabaseSession session;
  private final String dataSet;

  /** Receives a row. */
  interface RowReader<E extends Exception> {
    void row(ResultSet row) throws SQLException, E;
  }

  private DataSetReading(DatabaseSession session, String dataSet) {
    this.session = requireNonNull(session, "session is null");
    this.dataSet = requireNonNull(dataSet, "dataSet is null");
  }

  /**
   * Begins a transaction that lasts until the session ends.
   *
   * @param session a session for reading
   * @param what the beginning of messages: "Cannot export coco"
   * @throws RefusalException if the database has no tables of a data set
   */
  static DataSetReading begin(DatabaseSession session, String dataSet, String what)
      throws SQLException {
    requireTables(session, dataSet, what);
    session.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
    return new DataSetReading(session, dataSet);
  }

  /** Requires the tables with images and their objects. */
  static void requireTables(DatabaseSession session, String dataSet, String what)
      throws SQLException {
    for (String table : REQUIRED) {
      if (ExistingTable.find(session, TableName.of(dataSet, table)).isEmpty()) {
        throw new RefusalException(
            "%s: there is no table %s.%s; seeql import coco creates it"
                .formatted(what, dataSet, table));
      }
    }
  }

  boolean has(String table) throws SQLException {
    return ExistingTable.find(session, TableName.of(dataSet, table)).isPresent();
  }

  /** Refuses a split that no image has. */
  void requireSplit(Optional<String> split) throws SQLException {
    if (split.isEmpty()) {
      return;
    }
    List<String> known =
        session.query(
            "SELECT DISTINCT split FROM " + quoted("images") + " WHERE split IS NOT NULL",
            row -> row.getString(1));
    if (!known.contains(split.get())) {
      throw new RefusalException(
          NearestNames.unknown("split", split.get(), known) + "; in " + dataSet);
    }
  }

  String quoted(String table) {
    return TableName.of(dataSet, table).quoted();
  }

  /** Reads the rows of a query, a few at a time. */
  <E extends Exception> void read(String sql, List<String> parameters, RowReader<E> reader)
      throws SQLException, E {
    try (PreparedStatement select = session.prepare(sql)) {
      select.setFetchSize(FETCH_ROWS);
      for (int i = 0; i < parameters.size(); i++) {
        select.setString(i + 1, parameters.get(i));
      }
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reader.row(row);
        }
      }
    }
  }
}
