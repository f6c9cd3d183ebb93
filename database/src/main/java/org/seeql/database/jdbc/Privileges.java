package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.seeql.planner.statement.TableName;

/**
 * Checks the privileges of a session's user. It sends the server statements that change nothing, so
 * the result matches what a run may do. It accounts for roles, patterns in database names and
 * partial revokes. The tables of information_schema and SHOW GRANTS omit some of these.
 *
 * <p>Some of the statements end an open transaction, so the session must not be the user's own.
 */
public final class Privileges {
  private static final int NO_SUCH_OPTION_HERE = 1290; // --read-only, for one

  private final DatabaseSession session;

  public Privileges(DatabaseSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /**
   * The privileges that are missing on all tables of a database, in the given order.
   *
   * @throws SQLException if the server accepts no writes at all because it is read-only
   */
  public List<Privilege> missing(String database, Collection<Privilege> needed)
      throws SQLException {
    return missing(absentTable(database), needed);
  }

  /**
   * The privileges that are missing on a table that does not exist yet. DROP and ALTER cannot be
   * checked, because the table may have been created in the meantime.
   *
   * @throws SQLException if the server accepts no writes at all because it is read-only
   */
  public List<Privilege> missingOnNew(TableName table, Collection<Privilege> needed)
      throws SQLException {
    if (!needed.stream().allMatch(Privilege::isHarmless)) {
      throw new IllegalArgumentException(
          "these privileges cannot be checked without changing a table: " + needed);
    }
    return missing(table, needed);
  }

  private List<Privilege> missing(TableName absent, Collection<Privilege> needed)
      throws SQLException {
    List<Privilege> missing = new ArrayList<>();
    for (Privilege privilege : needed) {
      if (isDenied(privilege.probe(absent))) {
        missing.add(privilege);
      }
    }
    return missing;
  }

  /**
   * The privileges that are missing on a table that exists. DROP and ALTER cannot be checked.
   *
   * @param columns the columns to insert into
   */
  public List<Privilege> missingOnExisting(
      TableName table, Collection<Privilege> needed, List<String> columns) throws SQLException {
    List<Privilege> missing =
        missingOnNew(table, needed.stream().filter(p -> p != Privilege.INSERT).toList());
    String names = columns.stream().map(TableName::quote).collect(Collectors.joining(", "));
    String nothing =
        "INSERT INTO %s (%s) SELECT %s FROM DUAL WHERE 1 = 0"
            .formatted(
                table.quoted(),
                names,
                String.join(", ", Collections.nCopies(columns.size(), "NULL")));
    if (needed.contains(Privilege.INSERT) && isDenied(nothing)) {
      missing.add(Privilege.INSERT);
    }
    return missing;
  }

  /** Whether a database may exist but be hidden because the user has no privilege on it. */
  public static boolean mayBeHidden(DatabaseSession session, String database) throws SQLException {
    return new Privileges(session).isDenied(Privilege.SELECT.probe(absentTable(database)));
  }

  /** Whether a table may exist but be hidden because the user has no privilege on it. */
  public static boolean mayBeHidden(DatabaseSession session, TableName table) throws SQLException {
    return new Privileges(session).isDenied(Privilege.SELECT.probe(table));
  }

  private static TableName absentTable(String database) {
    return TableName.of(database, "seeql_probe_" + UUID.randomUUID().toString().replace("-", ""));
  }

  private boolean isDenied(String sql) throws SQLException {
    try {
      session.execute(sql);
      return false;
    } catch (SQLException e) {
      if (DatabaseErrors.isDenied(e)) {
        return true;
      }
      if (e.getErrorCode() == NO_SUCH_OPTION_HERE || DatabaseErrors.isConnectionLost(e)) {
        throw e;
      }
      return false; // the table does not exist or has a column twice: the user has it
    }
  }

  /** The user's account in GRANT syntax: {@code 'night'@'%'}. */
  public static String account(DatabaseSession session) throws SQLException {
    String account =
        session.findFirst("SELECT CURRENT_USER()", row -> row.getString(1)).orElseThrow();
    int at = account.lastIndexOf('@');
    return quote(account.substring(0, at)) + "@" + quote(account.substring(at + 1));
  }

  private static String quote(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  /** The statement that grants the user privileges on all tables of a database. */
  public static String grant(
      DatabaseSession session, Collection<Privilege> privileges, String database)
      throws SQLException {
    return grantOn(session, privileges, TableName.quote(pattern(session, database)) + ".*");
  }

  /** The statement that grants the user privileges on a table. */
  public static String grant(
      DatabaseSession session, Collection<Privilege> privileges, TableName table)
      throws SQLException {
    return grantOn(session, privileges, table.quoted());
  }

  /** The statement that grants the user all privileges on all tables of a database. */
  static String grantAll(DatabaseSession session, String database) throws SQLException {
    return "GRANT ALL PRIVILEGES ON %s.* TO %s"
        .formatted(TableName.quote(pattern(session, database)), account(session));
  }

  private static String grantOn(
      DatabaseSession session, Collection<Privilege> privileges, String on) throws SQLException {
    return "GRANT %s ON %s TO %s"
        .formatted(
            privileges.stream().map(Privilege::words).collect(Collectors.joining(", ")),
            on,
            account(session));
  }

  // GRANT reads a database name as a pattern, except on servers with partial revokes.
  private static String pattern(DatabaseSession session, String database) throws SQLException {
    Optional<String> partial =
        session.findFirst("SHOW GLOBAL VARIABLES LIKE 'partial_revokes'", row -> row.getString(2));
    return partial.filter(value -> value.equalsIgnoreCase("ON")).isPresent()
        ? database
        : database.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%");
  }
}
