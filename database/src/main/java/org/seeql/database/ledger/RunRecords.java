package org.seeql.database.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.StoredJson;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/** The records of runs, in {@code runs}. */
public final class RunRecords {
  private static final String TABLE = SystemSchema.table("runs");
  private static final TypeReference<StoredLayout> LAYOUT = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> OPTIONS = new TypeReference<>() {};
  private static final int LONGEST_ERROR = 8_000;

  private RunRecords() {}

  /** The figures of a run at its end. */
  public record Figures(
      int batchSize, String engine, String device, Map<String, Double> stageSeconds) {}

  /** The content of {@code layout}: the parts of a record without a column of their own. */
  private record StoredLayout(
      String mode, String shape, String idColumn, String pathColumn, List<StoredColumn> columns) {}

  /** A column is either selected or has a type; the other text is empty. */
  private record StoredColumn(String name, String selected, String type) {
    static StoredColumn of(ResultColumn column) {
      return column.map(
          selected -> new StoredColumn(selected.name(), selected.selected(), ""),
          computed -> new StoredColumn(computed.name(), "", computed.type().ddl()));
    }

    ResultColumn column(String runId) {
      return selected.isEmpty()
          ? ResultColumn.computed(
              name,
              StoredWord.ofRun(
                  runId, "type of column '%s'".formatted(name), type, ColumnType::parse))
          : ResultColumn.selected(name, selected);
    }
  }

  /** Records a run that begins. */
  public static void create(DatabaseSession session, RunRecord run, String ranOn)
      throws SQLException {
    session.update(
        "INSERT INTO "
            + TABLE
            + " (run_id, statement, kind, task, program, options, state, model, model_version,"
            + " target_database, target_table, layout, image_root, ran_on)"
            + " VALUES (?, ?, ?, ?, ?, ?, "
            + RunState.RUNNING.literal()
            + ", ?, ?, ?, ?, ?, ?, ?)",
        run.runId(),
        run.statement(),
        run.kind().word(),
        run.task(),
        run.program(),
        StoredJson.write(run.options().toMap()),
        run.model(),
        run.modelVersion(),
        run.target().flatMap(TableName::database).orElse(null),
        run.target().map(TableName::name).orElse(null),
        StoredJson.write(store(run)),
        run.imageRoot(),
        ranOn);
  }

  public static Optional<RunRecord> find(DatabaseSession session, String runId)
      throws SQLException {
    return session.findFirst(
        "SELECT run_id, statement, kind, task, program, options, model, model_version,"
            + " target_database, target_table, layout, image_root FROM "
            + TABLE
            + " WHERE run_id = ?",
        RunRecords::read,
        runId);
  }

  /** The state of a run; empty if there is no such run. */
  public static Optional<RunState> state(DatabaseSession session, String runId)
      throws SQLException {
    return session.findFirst(
        "SELECT state FROM " + TABLE + " WHERE run_id = ?",
        row -> RunState.of(runId, row.getString(1)),
        runId);
  }

  public static boolean hasSucceeded(DatabaseSession session, String runId) throws SQLException {
    return state(session, runId).equals(Optional.of(RunState.SUCCEEDED));
  }

  /** The unfinished runs that write into a target, including runs whose driver has died. */
  static List<String> running(DatabaseSession session, TableName target) throws SQLException {
    boolean ignoresCase = TargetKey.ignoresCase(session);
    TargetKey key = TargetKey.of(target, ignoresCase);
    // The columns ignore case, but not every server does.
    return session
        .query(
            "SELECT run_id, target_database, target_table FROM "
                + TABLE
                + " WHERE target_database = ? AND target_table = ? AND state = "
                + RunState.RUNNING.literal(),
            row -> Map.entry(row.getString(1), TableName.of(row.getString(2), row.getString(3))),
            target.database().orElseThrow(),
            target.name())
        .stream()
        .filter(run -> TargetKey.of(run.getValue(), ignoresCase).equals(key))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The latest run that started after a given run and has written into a table. */
  public static Optional<String> findNewer(DatabaseSession session, String runId, TableName target)
      throws SQLException {
    return session.findFirst(
        """
        SELECT n.run_id FROM %1$s AS n
        JOIN %1$s AS r ON n.started > r.started AND n.run_id <> r.run_id
        WHERE r.run_id = ? AND n.target_database = ? AND n.target_table = ?
          AND (n.state = %3$s OR EXISTS (
            SELECT 1 FROM %2$s AS p WHERE p.run_id = n.run_id AND p.state = %4$s
              AND JSON_UNQUOTE(JSON_EXTRACT(n.layout, '$.mode')) = 'APPEND'))
        ORDER BY n.started DESC LIMIT 1
        """
            .formatted(
                TABLE,
                SystemSchema.table("run_partitions"),
                RunState.SUCCEEDED.literal(),
                PartitionState.COMMITTED.literal()),
        row -> row.getString(1),
        runId,
        target.database().orElseThrow(),
        target.name());
  }

  /** The ids of the latest runs, newest first. */
  public static List<String> latest(DatabaseSession session, int limit) throws SQLException {
    return session.query(
        "SELECT run_id FROM " + TABLE + " ORDER BY started DESC, run_id DESC LIMIT " + limit,
        row -> row.getString(1));
  }

  /** Deletes all records of a run from the system tables, the run itself last. */
  public static void delete(DatabaseSession session, String runId) throws SQLException {
    for (String table :
        List.of(
            "run_partitions",
            "run_failures",
            "run_audits",
            "find_plans",
            "evaluations",
            "trainings",
            "runs")) {
      session.update("DELETE FROM " + SystemSchema.table(table) + " WHERE run_id = ?", runId);
    }
  }

  /** Records how many images a run has. */
  public static void selected(DatabaseSession session, String runId, Selection.Sizes sizes)
      throws SQLException {
    session.update(
        "UPDATE " + TABLE + " SET images = ?, left_out = ?, skipped = ? WHERE run_id = ?",
        sizes.images(),
        sizes.leftOut(),
        sizes.skipped(),
        runId);
  }

  /**
   * The sizes of a run's selection.
   *
   * @param images the number of images that it contains
   */
  public static Selection.Sizes sizes(DatabaseSession session, String runId, long images)
      throws SQLException {
    return session
        .findFirst(
            "SELECT COALESCE(left_out, 0), COALESCE(skipped, 0) FROM "
                + TABLE
                + " WHERE run_id = ?",
            row -> new Selection.Sizes(images, row.getLong(1), row.getLong(2)),
            runId)
        .orElse(new Selection.Sizes(images, 0, 0));
  }

  /** The set in {@code done_sets} that records the images that a run completes. */
  public static Optional<Long> imageSet(DatabaseSession session, String runId) throws SQLException {
    return session.findFirst(
        "SELECT done_set FROM " + TABLE + " WHERE run_id = ? AND done_set IS NOT NULL",
        row -> row.getLong(1),
        runId);
  }

  /** Records which set receives the images that a run completes. */
  static void useImageSet(DatabaseSession session, String runId, long set) throws SQLException {
    session.update("UPDATE " + TABLE + " SET done_set = ? WHERE run_id = ?", set, runId);
  }

  /** Records that a failed run is resumed. */
  public static void resumed(DatabaseSession session, String runId, String ranOn)
      throws SQLException {
    session.update(
        "UPDATE "
            + TABLE
            + " SET state = "
            + RunState.RUNNING.literal()
            + ", error = NULL, finished = NULL, ran_on = ? WHERE run_id = ?",
        ranOn,
        runId);
  }

  public static void succeeded(
      DatabaseSession session, String runId, PartitionRecords.Totals totals, Figures figures)
      throws SQLException {
    session.update(
        "UPDATE "
            + TABLE
            + " SET state = "
            + RunState.SUCCEEDED.literal()
            + ", error = NULL, done = ?, failed = ?, rows_written = ?,"
            + " batch_size = ?, engine = ?, device = ?, stage_seconds = ?,"
            + " finished = CURRENT_TIMESTAMP(3) WHERE run_id = ?",
        totals.images() - totals.failed(),
        totals.failed(),
        totals.rows(),
        figures.batchSize(),
        figures.engine(),
        figures.device(),
        StoredJson.write(figures.stageSeconds()),
        runId);
  }

  /** Records the table that received the figures of a run whose own rows were only counted. */
  public static void concluded(DatabaseSession session, String runId, TableName target)
      throws SQLException {
    session.update(
        "UPDATE " + TABLE + " SET target_database = ?, target_table = ? WHERE run_id = ?",
        target.database().orElseThrow(),
        target.name(),
        runId);
  }

  /** Records the failure of a run. A run that has succeeded remains so. */
  public static void failed(
      DatabaseSession session, String runId, PartitionRecords.Totals totals, String error)
      throws SQLException {
    session.update(
        "UPDATE "
            + TABLE
            + " SET state = "
            + RunState.FAILED.literal()
            + ", error = ?, done = ?, failed = ?, rows_written = ?,"
            + " finished = CURRENT_TIMESTAMP(3) WHERE run_id = ? AND state <> "
            + RunState.SUCCEEDED.literal(),
        error.substring(0, Math.min(error.length(), LONGEST_ERROR)),
        totals.images() - totals.failed(),
        totals.failed(),
        totals.rows(),
        runId);
  }

  /** Replaces the recorded error of a failed run with the actual reason. */
  public static void renameFailure(DatabaseSession session, String runId, String error)
      throws SQLException {
    session.update(
        "UPDATE "
            + TABLE
            + " SET error = ? WHERE run_id = ? AND state = "
            + RunState.FAILED.literal(),
        error,
        runId);
  }

  private static StoredLayout store(RunRecord run) {
    ResultLayout layout = run.layout();
    return new StoredLayout(
        run.mode().name(),
        layout.shape().name(),
        layout.idColumn(),
        layout.pathColumn(),
        layout.columns().stream().map(StoredColumn::of).toList());
  }

  private static RunRecord read(ResultSet row) throws SQLException {
    String runId = row.getString("run_id");
    String what = "run " + runId + " of " + TABLE;
    StoredLayout stored = StoredJson.read(row.getString("layout"), LAYOUT, what);
    Map<String, String> options = StoredJson.read(row.getString("options"), OPTIONS, what);
    String table = row.getString("target_table");
    return new RunRecord(
        runId,
        new RunRecord.Request(
            row.getString("statement"),
            StoredWord.ofRun(runId, "kind", row.getString("kind"), InferencePlan.Kind::of),
            row.getString("program"),
            RunOptions.parse(OptionSet.of(options, "the run"))),
        new RunRecord.Models(
            row.getString("task"), row.getString("model"), row.getInt("model_version")),
        new RunRecord.Destination(
            table == null
                ? Optional.empty()
                : Optional.of(TableName.of(row.getString("target_database"), table)),
            StoredWord.ofRun(runId, "mode", stored.mode(), WriteMode::valueOf)),
        new ResultLayout(
            StoredWord.ofRun(runId, "shape", stored.shape(), ResultLayout.Shape::valueOf),
            stored.columns().stream().map(column -> column.column(runId)).toList(),
            stored.idColumn(),
            stored.pathColumn()),
        row.getString("image_root"));
  }
}
