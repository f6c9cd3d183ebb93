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
 * Writes the rows of SELECTs into tables, in the user's session. A SELECT means what it means by
 * itself, and other sessions may write to the tables that it reads: until it is closed, the session
 * has settings that make it so. For one thread.
 */
final class SelectMaterializer implements AutoCloseable {
  /** Turn warnings of a SELECT, such as that of {@code 1/0}, into errors where rows are written. */
  private static final Set<String> STRICT =
      Set.of("STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "TRADITIONAL");

  /** Change dates that are written; also decide what some functions give. */
  private static final Set<String> DATES = Set.of("NO_ZERO_DATE", "NO_ZERO_IN_DATE");

  /** Of the warnings that a value was changed when it was written, or when it was computed. */
  private static final Set<Integer> CHANGED = Set.of(1264, 1265);

  private static final int MOST_WARNINGS = 65_535;

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

    /** Whether rows are not numbered 1, 2, 3: on a group of servers each has its own numbers. */
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
    session.execute("SET SESSION max_error_count = " + MOST_WARNINGS);
    if (before.hasGaps()) {
      // few users have the privilege, so it is set only where it differs
      setNumbering(1, 1);
    }
    if (!mustBeRepeatable()) {
      // under repeatable read the statement would lock the rows that it reads
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

  // such a log records statements, which would give other rows where they are repeated
  private boolean mustBeRepeatable() throws SQLException {
    return session
        .findFirst(
            "SELECT @@log_bin AND @@SESSION.binlog_format = 'STATEMENT'", row -> row.getBoolean(1))
        .orElse(false);
  }

  /**
   * Creates a table of the rows of a SELECT.
   *
   * @param number the column that numbers the rows from 1, in the order of the SELECT
   */
  void create(TableName table, String number, String select) throws SQLException {
    create("TABLE ", table, number, select);
  }

  /** Likewise a table of the session. */
  void createTemporary(TableName table, String number, String select) throws SQLException {
    // an open transaction would read as it began to; the selection's own table ends it anyway
    session.execute("COMMIT");
    create("TEMPORARY TABLE ", table, number, select);
  }

  /** Likewise a table of the session that gets no rows, within the session's open transaction. */
  void createEmpty(TableName table, String number, String select) throws SQLException {
    create("TEMPORARY TABLE ", table, number, select + " LIMIT 0");
  }

  // Dates that the session's modes would change when they are written are kept: the table is
  // created
  // a second time without these modes.
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
      // a connection that is lost has no settings any more
    }
  }
}
