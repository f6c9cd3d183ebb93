package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * A table as it exists in the database.
 *
 * @param isView whether it is a view instead of a table
 * @param isTransactional whether writes to it can be rolled back
 * @param comment the table's comment, in which SeeQL records the run that wrote it
 * @param created when it was created or last altered, in seconds since 1970; 0 for a view
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
   * @param isOptional whether a row can be inserted without a value for it
   */
  public record ExistingColumn(String name, boolean isOptional) {}

  /**
   * Looks up a table.
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
   * Distinguishes this table from other tables with the same name: the run that created it, or its
   * creation time if no run of SeeQL created it.
   */
  public String madeBy() {
    if (!isWrittenByRun()) {
      return OF_NO_RUN + created;
    }
    String run = comment.substring(ResultTable.COMMENT.length());
    int end = run.indexOf(' ');
    return end < 0 ? run : run.substring(0, end);
  }

  /** Whether a {@link #madeBy} value belongs to a table that no run of SeeQL created. */
  static boolean isOfNoRun(String madeBy) {
    return madeBy.startsWith(OF_NO_RUN);
  }

  /** Whether it is a result with one row per image and one column per class. */
  public boolean isWideResult() {
    return isResult(ResultLayout.Shape.WIDE);
  }

  /** Whether it has the matches of an evaluation. */
  public boolean isTableOfMatches() {
    return isResult(ResultLayout.Shape.MATCHES);
  }

  private boolean isResult(ResultLayout.Shape shape) {
    return isWrittenByRun() && comment.endsWith(ResultTable.suffix(shape));
  }

  public Optional<ExistingColumn> findColumn(String column) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(column)).findFirst();
  }
}
