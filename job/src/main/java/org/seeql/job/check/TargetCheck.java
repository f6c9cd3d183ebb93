package org.seeql.job.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.Privileges;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.SelectText;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.TableName;

/** Checks the target of a run. For one statement. */
final class TargetCheck {
  // Limit of MySQL and MariaDB for table names
  private static final int LONGEST_NAME = 64;

  private final DatabaseSession session;
  private final Optional<String> database;
  private final List<TableName> sources;
  private final Consumer<String> problems;

  /**
   * Checks targets against what a session sees.
   *
   * @param database the database of tables that are named without one
   * @param select the SELECT that the run reads
   */
  TargetCheck(
      DatabaseSession session,
      Optional<String> database,
      SelectText select,
      Consumer<String> problems) {
    this.session = requireNonNull(session, "session is null");
    this.database = requireNonNull(database, "database is null");
    this.problems = requireNonNull(problems, "problems is null");
    this.sources = select.tables().stream().flatMap(t -> complete(t).stream()).toList();
  }

  private Optional<TableName> complete(TableName table) {
    return table.database().or(() -> database).map(d -> TableName.of(d, table.name()));
  }

  /** The target of a plan with its database; empty if there is none, or if it is refused. */
  Optional<TableName> resolve(InferencePlan plan) throws SQLException {
    if (plan.target().filter(FileTarget::isWritten).isPresent()) {
      return new FolderCheck(problems).resolve(plan.target().get(), plan);
    }
    return plan.target().isPresent()
        ? resolve(plan.target().get(), plan.options())
        : Optional.empty();
  }

  /**
   * The target with its database. The database is the statement's, else the option {@code dataset}
   * if such a database exists, else the connection's, else that of the first source table.
   */
  private Optional<TableName> resolve(TableName table, RunOptions options) throws SQLException {
    Optional<String> found = table.database();
    if (found.isEmpty() && options.dataset().isPresent()) {
      String dataset = options.dataset().get();
      found = ExistingTable.databaseExists(session, dataset) ? options.dataset() : found;
    }
    found =
        found
            .or(() -> database)
            .or(() -> sources.stream().findFirst().flatMap(TableName::database));
    if (found.isEmpty()) {
      problems.accept(
          "Table '%s' has no database: write INTO database.%s, or select a database with USE"
              .formatted(table.name(), table.name()));
      return Optional.empty();
    }
    String chosen = found.get();
    if (chosen.equalsIgnoreCase(SystemSchema.DATABASE)) {
      problems.accept(
          "The database '%s' is reserved for SeeQL; write the result into another database"
              .formatted(chosen));
      return Optional.empty();
    }
    if (!ExistingTable.databaseExists(session, chosen)) {
      if (Privileges.mayBeHidden(session, chosen)) {
        problems.accept(
            "Cannot write the target %s.%s. %s"
                .formatted(chosen, table.name(), MissingTables.hidden(session, chosen)));
        return Optional.empty();
      }
      problems.accept(
          "Unknown database '%s' of the target %s.%s; create it with CREATE DATABASE"
              .formatted(chosen, chosen, table.name()));
      return Optional.empty();
    }
    if (table.name().length() > LONGEST_NAME) {
      problems.accept(
          "The target's name has %d characters (at most %d): %s"
              .formatted(table.name().length(), LONGEST_NAME, table.name()));
      return Optional.empty();
    }
    return Optional.of(TableName.of(chosen, table.name()));
  }

  /** The table of matches of a target; empty if its name is too long. */
  Optional<TableName> matches(TableName target) {
    TableName matches = EvaluateStatement.matchesOf(target);
    if (matches.name().length() > LONGEST_NAME) {
      problems.accept(
          "With keep_matches, the target's name has at most %d characters, because the matches are written into %s: %s has %d"
              .formatted(
                  LONGEST_NAME - (matches.name().length() - target.name().length()),
                  matches.name(),
                  target.name(),
                  target.name().length()));
      return Optional.empty();
    }
    return Optional.of(matches);
  }

  /** Whether a source table is an earlier wide result, which the run extends. */
  boolean readsWideResult() throws SQLException {
    for (TableName source : sources) {
      if (ExistingTable.find(session, source).filter(ExistingTable::isWideResult).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /**
   * The write mode for the target. Reports problems if the target cannot be written.
   *
   * @param layout the columns to write; empty if they are not known
   */
  WriteMode mode(Optional<TableName> target, InferencePlan plan, Optional<ResultLayout> layout)
      throws SQLException {
    if (target.filter(FileTarget::isWritten).isPresent()) {
      return new FolderCheck(problems).mode(target.get(), plan);
    }
    return target.isPresent() ? mode(target.get(), plan, layout) : WriteMode.ERROR;
  }

  private WriteMode mode(TableName target, InferencePlan plan, Optional<ResultLayout> layout)
      throws SQLException {
    Optional<ExistingTable> existing = ExistingTable.find(session, target);
    Optional<WriteMode> requested = plan.options().mode();
    if (existing.isEmpty()) {
      return requested.orElse(WriteMode.ERROR);
    }
    ExistingTable table = existing.get();
    if (table.isView()) {
      problems.accept("The target %s is a view; write the result into a table".formatted(target));
    }
    checkNotRead(table, plan);
    WriteMode mode = requested.orElse(WriteMode.OVERWRITE);
    if (layout.filter(written -> written.shape() == ResultLayout.Shape.MATCHES).isPresent()) {
      checkMatches(table, mode);
    } else if (requested.isEmpty() && !table.isWrittenByRun()) {
      problems.accept(
          "Table %s exists and no run of SeeQL wrote it; use --mode=append or --mode=overwrite"
              .formatted(target));
    }
    if (mode == WriteMode.ERROR) {
      problems.accept(
          "Table %s exists, and mode=error; use --mode=append or --mode=overwrite, or drop the table"
              .formatted(target));
    }
    if (mode == WriteMode.APPEND && !table.isView()) {
      checkAppendable(table, layout);
    }
    return mode;
  }

  /** The statement does not name this table, so nothing but earlier matches is replaced. */
  private void checkMatches(ExistingTable table, WriteMode mode) {
    if (mode == WriteMode.OVERWRITE && !table.isView() && !table.isTableOfMatches()) {
      problems.accept(
          "Table %s exists and is not a table of matches, so keep_matches does not replace it; rename it, or choose another target"
              .formatted(table.name()));
    }
  }

  private void checkNotRead(ExistingTable table, InferencePlan plan) {
    boolean isRead =
        sources.stream()
            .anyMatch(
                s ->
                    s.name().equals(table.name().name())
                        && s.database().equals(table.name().database()));
    if (isRead && !extendsWideResult(plan, table)) {
      problems.accept(
          "The SELECT reads the target %s; write the result into another table"
              .formatted(table.name()));
    }
  }

  /** Whether a run adds its columns to the wide result that it reads. */
  private static boolean extendsWideResult(InferencePlan plan, ExistingTable table) {
    return switch (plan.kind()) {
      case RUN ->
          plan.options().result() == ResultShape.WIDE
              && !plan.options().onlyNew()
              && table.isWideResult();
      case PREDICT, EVALUATE, EXPLAIN, FIND, TRAIN -> false;
    };
  }

  private void checkAppendable(ExistingTable table, Optional<ResultLayout> layout) {
    if (!table.isTransactional()) {
      problems.accept(
          "Cannot append to %s: its storage engine has no transactions; use ALTER TABLE %s ENGINE = InnoDB"
              .formatted(table.name(), table.name()));
    }
    if (layout.isEmpty()) {
      return;
    }
    List<String> written = layout.get().columns().stream().map(ResultColumn::name).toList();
    List<String> missing = written.stream().filter(c -> table.findColumn(c).isEmpty()).toList();
    List<ResultColumn.Computed> optional =
        layout.get().computedColumns().stream()
            .filter(c -> c.type().isNullable() && missing.contains(c.name()))
            .toList();
    if (!missing.isEmpty() && optional.size() == missing.size()) {
      problems.accept(
          "Cannot append to %s: it has no column %s, which the results of this model have; use ALTER TABLE %s %s, or another table"
              .formatted(
                  table.name(),
                  String.join(", ", missing),
                  table.name(),
                  optional.stream()
                      .map(c -> "ADD COLUMN %s %s".formatted(c.name(), c.type().ddl()))
                      .collect(joining(", "))));
    } else if (!missing.isEmpty()) {
      problems.accept(
          "Cannot append to %s: it has no column %s"
              .formatted(table.name(), String.join(", ", missing)));
    }
    List<String> needed =
        table.columns().stream()
            .filter(c -> !c.isOptional())
            .map(ExistingTable.ExistingColumn::name)
            .filter(c -> written.stream().noneMatch(c::equalsIgnoreCase))
            .toList();
    if (!needed.isEmpty()) {
      problems.accept(
          "Cannot append to %s: the result has no value for its column %s, which has no default"
              .formatted(table.name(), String.join(", ", needed)));
    }
  }
}
