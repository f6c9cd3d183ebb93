package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * A table as it is in the database.
 *
 * @param isView whether it is no table but a view
 * @param isTransactional whether what is written into it can be rolled back
 * @param comment where SeeQL notes which run wrote it
 * @param created when it was made, or last altered: in seconds since 1970. 0 for a view
 */
public record ExistingTable(
    TableName name,
    boolean isView,
    boolean isTransactional,
    String comment,
    long created,
    List<ExistingColumn> columns) {
  private static final String OF_NO_RUN = "@";

  public ExistingTable {
    requireNonNull(name, "name is null");
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param mayBeLeftOut whether a row can be written that does not say its value
   */
  public record ExistingColumn(String name, boolean mayBeLeftOut) {}

  /**
   * Looks a table up.
   *
   * @param name with its database
   */
  public static Optional<ExistingTable> find(DatabaseSession session, TableName name)
      throws SQLException {
    String database = name.database().orElseThrow();
    Optional<ExistingTable> found =
        session.findFirst(
            "SELECT table_type, engine, table_comment, UNIX_TIMESTAMP(create_time)"
                + " FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
            row ->
                new ExistingTable(
                    name,
                    row.getString(1).contains("VIEW"),
                    "InnoDB".equalsIgnoreCase(row.getString(2)),
                    row.getString(3) == null ? "" : row.getString(3),
                    row.getLong(4),
                    List.of()),
            database,
            name.name());
    if (found.isEmpty()) {
      return found;
    }
    List<ExistingColumn> columns =
        session.query(
            "SELECT column_name, is_nullable = 'YES' OR column_default IS NOT NULL OR extra <> ''"
                + " FROM information_schema.columns WHERE table_schema = ? AND table_name = ?"
                + " ORDER BY ordinal_position",
            row -> new ExistingColumn(row.getString(1), row.getBoolean(2)),
            database,
            name.name());
    ExistingTable table = found.get();
    return Optional.of(
        new ExistingTable(
            name,
            table.isView(),
            table.isTransactional(),
            table.comment(),
            table.created(),
            columns));
  }

  public static boolean databaseExists(DatabaseSession session, String database)
      throws SQLException {
    return session
        .findFirst(
            "SELECT 1 FROM information_schema.schemata WHERE schema_name = ?",
            row -> true,
            database)
        .orElse(false);
  }

  public boolean isWrittenByRun() {
    return comment.startsWith(ResultTable.COMMENT);
  }

  public boolean isWrittenBy(String runId) {
    return comment.startsWith(ResultTable.COMMENT + runId + " ");
  }

  /**
   * What it is told by from other tables of its name: the run that made it; where no run of SeeQL
   * did, the time when it was made.
   */
  public String madeBy() {
    if (!isWrittenByRun()) {
      return OF_NO_RUN + created;
    }
    String run = comment.substring(ResultTable.COMMENT.length());
    int end = run.indexOf(' ');
    return end < 0 ? run : run.substring(0, end);
  }

  /** Whether {@link #madeBy} is that of a table that no run of SeeQL made. */
  static boolean isOfNoRun(String madeBy) {
    return madeBy.startsWith(OF_NO_RUN);
  }

  /** Whether it is a result with a row an image and a column a class. */
  public boolean isWideResult() {
    return isWrittenByRun() && comment.endsWith(ResultTable.suffix(ResultLayout.Shape.WIDE));
  }

  public Optional<ExistingColumn> findColumn(String column) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(column)).findFirst();
  }
}
