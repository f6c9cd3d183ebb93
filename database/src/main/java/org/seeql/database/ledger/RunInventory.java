package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ListedRun.Leftover;
import org.seeql.database.ledger.ListedRun.Status;
import org.seeql.planner.statement.TableName;

/** Lists the runs of a database with the tables that they left, and deletes runs. */
public final class RunInventory {
  private static final String RUNS = SystemSchema.table("runs");
  private static final String SELECT =
      "SELECT run_id, kind, state, model, target_database, target_table, images, failed,"
          + " rows_written, UNIX_TIMESTAMP(started) AS began,"
          + " UNIX_TIMESTAMP(COALESCE(finished, CURRENT_TIMESTAMP(3))) - UNIX_TIMESTAMP(started)"
          + " AS seconds FROM "
          + RUNS;

  private final DatabaseConnector connector;

  public RunInventory(DatabaseConnector connector) {
    this.connector = requireNonNull(connector, "connector is null");
  }

  /** The latest runs, newest first. */
  public List<ListedRun> latest(int limit) throws SQLException {
    return query(" ORDER BY started DESC, run_id DESC LIMIT " + limit);
  }

  /** The runs that started at least this long ago, oldest first. */
  public List<ListedRun> olderThan(Duration age) throws SQLException {
    return query(
        " WHERE started < CURRENT_TIMESTAMP(3) - INTERVAL ? SECOND ORDER BY started, run_id",
        age.toSeconds());
  }

  public Optional<ListedRun> find(String runId) throws SQLException {
    return query(" WHERE run_id = ?", runId).stream().findFirst();
  }

  private List<ListedRun> query(String condition, Object... parameters) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      Map<String, Long> sizes = sizes(session);
      List<ListedRun> runs = session.query(SELECT + condition, row -> read(row, sizes), parameters);
      List<ListedRun> listed = new ArrayList<>();
      for (ListedRun run : runs) {
        boolean isInterrupted =
            run.status() == Status.RUNNING && !RunLeases.isLive(session, run.runId());
        listed.add(isInterrupted ? interrupted(run) : run);
      }
      return listed;
    }
  }

  /** The sizes of all tables that a run may have left, by their full names. */
  private static Map<String, Long> sizes(DatabaseSession session) throws SQLException {
    Map<String, Long> sizes = new HashMap<>();
    session
        .query(
            "SELECT table_schema, table_name, COALESCE(data_length + index_length, 0) FROM"
                + " information_schema.tables WHERE table_name LIKE 'seeql\\_staging\\_%' OR"
                + " table_name LIKE 'seeql\\_old\\_%' OR (table_schema = ? AND (table_name LIKE"
                + " 'selection\\_%' OR table_name LIKE 'result\\_%' OR table_name LIKE"
                + " 'matches\\_%'))",
            row -> Map.entry(TableName.of(row.getString(1), row.getString(2)), row.getLong(3)),
            SystemSchema.DATABASE)
        .forEach(table -> sizes.put(table.getKey().quoted(), table.getValue()));
    return sizes;
  }

  private static ListedRun read(ResultSet row, Map<String, Long> sizes) throws SQLException {
    String runId = row.getString("run_id");
    String table = row.getString("target_table");
    Optional<TableName> target =
        table == null
            ? Optional.empty()
            : Optional.of(TableName.of(row.getString("target_database"), table));
    RunState state = RunState.of(runId, row.getString("state"));
    return new ListedRun(
        runId,
        switch (state) {
          case RUNNING -> Status.RUNNING;
          case SUCCEEDED -> Status.SUCCEEDED;
          case FAILED -> Status.FAILED;
        },
        row.getString("kind"),
        row.getString("model"),
        target,
        number(row, "images"),
        number(row, "failed"),
        number(row, "rows_written"),
        Instant.ofEpochMilli(Math.round(row.getDouble("began") * 1_000)),
        Optional.of(Duration.ofMillis(Math.round(row.getDouble("seconds") * 1_000))),
        tables(runId, target)
            .filter(name -> sizes.containsKey(name.quoted()))
            .map(name -> new Leftover(name, sizes.get(name.quoted())))
            .toList());
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static ListedRun interrupted(ListedRun run) {
    return new ListedRun(
        run.runId(),
        Status.INTERRUPTED,
        run.clause(),
        run.model(),
        run.target(),
        run.images(),
        run.failed(),
        run.rows(),
        run.started(),
        Optional.empty(),
        run.leftovers());
  }

  /** All tables that a run may have besides its result. */
  private static Stream<TableName> tables(String runId, Optional<TableName> target) {
    ResultTable shown = new ResultTable(runId, Optional.empty(), false);
    Stream<TableName> own =
        Stream.of(
            Selection.table(runId),
            shown.written(),
            TableName.of(SystemSchema.DATABASE, "matches_" + runId));
    return target.isEmpty()
        ? own
        : Stream.concat(own, new ResultTable(runId, target, false).unpublished());
  }

  /**
   * Deletes a run: its leftover tables first, then its records. Rows in its target stay. If the
   * process ends in between, the run is still listed and can be deleted again.
   *
   * @throws RefusalException if the run is running, or if a registered model was trained by it
   */
  public void delete(ListedRun run) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      fence(session, run.runId());
      for (Leftover leftover : run.leftovers()) {
        session.execute("DROP TABLE IF EXISTS " + leftover.table().quoted());
      }
      session.begin();
      try {
        RunRecords.delete(session, run.runId());
        session.update(
            "DELETE FROM " + SystemSchema.table("run_leases") + " WHERE run_id = ?", run.runId());
        session.commit();
      } catch (SQLException e) {
        session.rollBack(e);
        throw e;
      }
    }
  }

  /** From now on, no driver of the run can commit anything. */
  private static void fence(DatabaseSession session, String runId) throws SQLException {
    session.begin();
    try {
      Optional<RunLease> lease = RunLeases.lock(session, runId);
      refuse(session, runId, lease);
      if (lease.isPresent()) {
        RunLeases.fence(session, lease.get(), "the run is being deleted");
      }
      session.commit();
    } catch (SQLException | RuntimeException e) {
      session.rollBack(e);
      throw e;
    }
  }

  private static void refuse(DatabaseSession session, String runId, Optional<RunLease> lease)
      throws SQLException {
    if (lease.filter(RunLease::isLive).isPresent()) {
      throw new RefusalException(
          "Cannot delete run %s: it is running (%s); wait until it ends, or stop it"
              .formatted(runId, lease.get().describe()));
    }
    Optional<String> trained =
        session.findFirst(
            "SELECT t.model FROM %s AS t JOIN %s AS m ON m.name = t.model AND m.version = t.model_version WHERE t.run_id = ?"
                .formatted(SystemSchema.table("trainings"), SystemSchema.table("models")),
            row -> row.getString(1),
            runId);
    if (trained.isPresent()) {
      throw new RefusalException(
          "Cannot delete run %s: it trained model '%s', and SHOW TRAIN reads its records; drop the model first"
              .formatted(runId, trained.get()));
    }
  }
}
