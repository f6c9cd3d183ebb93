package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.Privilege;
import org.seeql.database.jdbc.Privileges;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/**
 * Checks that the user has the privileges that a run needs. Opens a new connection, as a run does:
 * a role that is active only in the user's session does not count. For one statement.
 */
final class RightsCheck {
  private final DatabaseConnector connector;
  private final Consumer<String> problems;

  RightsCheck(DatabaseConnector connector, Consumer<String> problems) {
    this.connector = requireNonNull(connector, "connector is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /**
   * A table that a run writes, and how it is written.
   *
   * @param evaluates whether an evaluation writes the table; it may replace its own rows
   */
  record Target(TableName table, WriteMode mode, Optional<ResultLayout> layout, boolean evaluates) {
    Target {
      requireNonNull(table, "table is null");
      requireNonNull(mode, "mode is null");
      requireNonNull(layout, "layout is null");
    }

    /** The table that a run writes, if any. */
    static Optional<Target> ofRun(
        Optional<TableName> table, WriteMode mode, Optional<ResultLayout> layout) {
      return table
          .filter(into -> !FileTarget.isWritten(into))
          .map(into -> new Target(into, mode, layout, false));
    }

    /** A table that an evaluation writes. */
    static Target ofEvaluation(TableName table, WriteMode mode, ResultLayout layout) {
      return new Target(table, mode, Optional.of(layout), true);
    }
  }

  /** Checks the privileges on SeeQL's system tables and on the targets. */
  void check(RunOptions options, List<Target> targets) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      try {
        checkSystem(session, options);
        for (Target target : targets) {
          checkTarget(session, target);
        }
      } catch (SQLException e) {
        if (DatabaseErrors.isConnectionLost(e)) {
          throw e;
        }
        problems.accept("The database is not writable: " + DatabaseErrors.message(e));
      }
    }
  }

  private void checkSystem(DatabaseSession session, RunOptions options) throws SQLException {
    List<Privilege> needed = new ArrayList<>(RequiredPrivileges.OF_SYSTEM);
    if (options.onlyNew()) {
      needed.add(Privilege.CREATE_TEMPORARY_TABLES);
    }
    List<Privilege> missing = new Privileges(session).missing(SystemSchema.DATABASE, needed);
    if (!missing.isEmpty()) {
      problems.accept(
          lacks(session, missing)
              + " on the database '%s', where SeeQL keeps its own tables: %s"
                  .formatted(
                      SystemSchema.DATABASE,
                      Privileges.grant(session, missing, SystemSchema.DATABASE)));
    }
  }

  private void checkTarget(DatabaseSession session, Target target) throws SQLException {
    TableName table = target.table();
    Optional<ExistingTable> existing = ExistingTable.find(session, table);
    if (existing.filter(ExistingTable::isView).isPresent()) {
      return; // already reported elsewhere
    }
    boolean appends = target.mode() == WriteMode.APPEND;
    List<Privilege> needed =
        new ArrayList<>(
            appends ? RequiredPrivileges.OF_APPENDED : RequiredPrivileges.OF_NEW_RESULT);
    if (target.evaluates()) {
      needed.add(Privilege.DELETE);
    }
    if (appends) {
      checkAppended(session, target, existing, needed);
      return;
    }
    String database = table.database().orElseThrow();
    List<Privilege> missing = new Privileges(session).missing(database, needed);
    if (!missing.isEmpty()) {
      problems.accept(
          lacks(session, missing)
              + " on the database '%s' of the target %s: %s"
                  .formatted(database, table, Privileges.grant(session, missing, database)));
    }
  }

  private void checkAppended(
      DatabaseSession session,
      Target target,
      Optional<ExistingTable> existing,
      List<Privilege> needed)
      throws SQLException {
    TableName table = target.table();
    if (existing.isEmpty()) {
      needed.add(Privilege.CREATE);
    }
    List<Privilege> missing =
        existing.isPresent()
            ? new Privileges(session)
                .missingOnExisting(table, needed, columns(target.layout(), existing.get()))
            : new Privileges(session).missingOnNew(table, needed);
    if (!missing.isEmpty()) {
      // for a table that does not exist yet, GRANT accepts only lists that include CREATE
      List<Privilege> granted = existing.isPresent() ? missing : needed;
      problems.accept(
          lacks(session, missing)
              + " on the table %s: %s".formatted(table, Privileges.grant(session, granted, table)));
    }
  }

  private static String lacks(DatabaseSession session, List<Privilege> missing)
      throws SQLException {
    return "User %s lacks %s"
        .formatted(
            Privileges.account(session),
            missing.stream().map(Privilege::words).collect(Collectors.joining(", ")));
  }

  private static List<String> columns(Optional<ResultLayout> layout, ExistingTable table) {
    List<String> written =
        layout.map(l -> l.columns().stream().map(ResultColumn::name).toList()).orElse(List.of());
    List<String> common = written.stream().filter(c -> table.findColumn(c).isPresent()).toList();
    return common.isEmpty()
        ? List.of(table.columns().get(0).name()) // other columns are reported elsewhere
        : common;
  }
}
