package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * Writes the rows of SELECTs into tables, in the user's session. It changes settings of the session
 * until it is closed. With these, a SELECT gives the same rows as when it runs alone, and other
 * sessions may write to the tables that it reads. Not thread-safe.
 */
final class SelectMaterializer implements AutoCloseable {
  /**
   * Modes that turn warnings of a SELECT, such as for {@code 1/0}, into errors when it writes rows.
   */
  private static final Set<String> STRICT =
      Set.of("STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "TRADITIONAL");

  /**
   * Modes that change dates when they are written. They also affect the results of some functions.
   */
  private static final Set<String> DATES = Set.of("NO_ZERO_DATE", "NO_ZERO_IN_DATE");

  /** Codes of warnings that a value was changed when it was written or computed. */
  private static final Set<Integer> CHANGED = Set.of(1264, 1265);

  private static final int MAX_WARNINGS = 65_535;

  private final DatabaseSession session;
  private final Settings before;

  private SelectMaterializer(DatabaseSession session, Settings before) {
    this.session = requireNonNull(session, "session is null");
    this.before = requireNonNull(before, "before is null");
  }

  /** The settings of a session that are changed. */
  private record Settings(
      String sqlMode, int isolation, int warnings, int increment, int numberOffset) {
    Settings {
      requireNonNull(sqlMode, "sqlMode is null");
    }

    static Settings of(DatabaseSession session) throws SQLException {
      return session
          .findFirst(
              "SELECT @@SESSION.sql_mode, @@SESSION.max_error_count,"
                  + " @@SESSION.auto_increment_increment, @@SESSION.auto_increment_offset",
              row ->
                  new Settings(
                      row.getString(1),
                      session.connection().getTransactionIsolation(),
                      row.getInt(2),
                      row.getInt(3),
                      row.getInt(4)))
          .orElseThrow();
    }

    /** Whether rows are not numbered 1, 2, 3: in a group of servers, each uses its own numbers. */
    boolean hasGaps() {
      return increment != 1;
    }
  }

  static SelectMaterializer begin(DatabaseSession session) throws SQLException {
    SelectMaterializer settings = new SelectMaterializer(session, Settings.of(session));
    try {
      settings.change();
      return settings;
    } catch (SQLException e) {
      settings.close();
      throw e;
    }
  }

  private void change() throws SQLException {
    session.execute("SET SESSION max_error_count = " + MAX_WARNINGS);
    if (before.hasGaps()) {
      // Few users have the privilege, so it is set only if it differs.
      setNumbering(1, 1);
    }
    if (!mustBeRepeatable()) {
      // Under repeatable read the statement would lock the rows that it reads.
      session.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
  }

  private void setNumbering(int increment, int offset) throws SQLException {
    session.execute(
        "SET SESSION auto_increment_increment = %d, auto_increment_offset = %d"
            .formatted(increment, offset));
  }

  private Stream<String> modes() {
    return Arrays.stream(before.sqlMode().split(",")).filter(mode -> !mode.isEmpty());
  }

  private void setMode(List<String> modes) throws SQLException {
    session.update("SET SESSION sql_mode = ?", String.join(",", modes));
  }

  // A statement-based log records the statements. Their replay on a replica could give other rows.
  private boolean mustBeRepeatable() throws SQLException {
    return session
        .findFirst(
            "SELECT @@log_bin AND @@SESSION.binlog_format = 'STATEMENT'", row -> row.getBoolean(1))
        .orElse(false);
  }

  /**
   * Creates a table from the rows of a SELECT.
   *
   * @param number the column that numbers the rows from 1, in the order of the SELECT
   */
  void create(TableName table, String number, String select) throws SQLException {
    create("TABLE ", table, number, select);
  }

  /** Like {@link #create}, but creates a temporary table of the session. */
  void createTemporary(TableName table, String number, String select) throws SQLException {
    // An open transaction would read an old snapshot. Creating the selection's own table ends the
    // transaction anyway.
    session.execute("COMMIT");
    create("TEMPORARY TABLE ", table, number, select);
  }

  /**
   * Creates an empty temporary table for the rows of a SELECT, within the session's open
   * transaction.
   */
  void createEmpty(TableName table, String number, String select) throws SQLException {
    create("TEMPORARY TABLE ", table, number, select + " LIMIT 0");
  }

  // The session's modes may change dates when they are written. In this case the table is created a
  // second time without these modes, so that the dates are preserved.
  private void create(String kind, TableName table, String number, String select)
      throws SQLException {
    String create =
        "CREATE %s%s (%s BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 AS %s"
            .formatted(kind, table.quoted(), TableName.quote(number), select);
    setMode(lenientModes().toList());
    session.execute(create);
    if (hasChangedValues()) {
      setMode(
          Stream.concat(
                  lenientModes().filter(mode -> !DATES.contains(mode)),
                  Stream.of("ALLOW_INVALID_DATES"))
              .distinct()
              .toList());
      session.execute("DROP " + kind + table.quoted());
      session.execute(create);
    }
  }

  private Stream<String> lenientModes() {
    return modes().filter(mode -> !STRICT.contains(mode));
  }

  private boolean hasChangedValues() throws SQLException {
    return session.query("SHOW WARNINGS", row -> row.getInt("Code")).stream()
        .anyMatch(CHANGED::contains);
  }

  @Override
  public void close() {
    try {
      setMode(modes().toList());
      session.execute("SET SESSION max_error_count = " + before.warnings());
      session.connection().setTransactionIsolation(before.isolation());
      if (before.hasGaps()) {
        setNumbering(before.increment(), before.numberOffset());
      }
    } catch (SQLException e) {
      // a lost connection has no settings any more
    }
  }
}
