package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.ResultLayout.Shape;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.RunState;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.evaluate.ClassMatching;

/**
 * The detections of a run in the images of a data set.
 *
 * @param table the result of the run
 * @param categories the ids of the data set's categories by the labels of the model; labels without
 *     a category are missing
 * @param geometry the further column of the table that the run has written; empty if there is none
 */
record DetectionRun(
    TableName table, String runId, Map<String, Long> categories, Optional<GeometryKind> geometry) {
  private static final int MAX_RUNS_LISTED = 10;

  DetectionRun {
    requireNonNull(table, "table is null");
    requireNonNull(runId, "runId is null");
    categories = Map.copyOf(categories);
  }

  /**
   * Finds a run.
   *
   * @param what the beginning of messages: "Cannot export run 7"
   * @throws RefusalException if there is no such run, or if its result is not a table of detections
   *     in images of the data set
   */
  static DetectionRun find(DatabaseSession session, String dataSet, String runId, String what)
      throws SQLException {
    TableName result = result(session, runId, what);
    Map<String, Long> categories = categories(session, dataSet, what);
    requireImages(session, dataSet, result, runId, what);
    return new DetectionRun(
        result,
        runId,
        byLabel(session, result, runId, categories),
        geometry(session, result, runId));
  }

  /** The column can have been dropped since. */
  private static Optional<GeometryKind> geometry(
      DatabaseSession session, TableName result, String runId) throws SQLException {
    RunRecord run = RunRecords.find(session, runId).orElseThrow();
    ExistingTable table = ExistingTable.find(session, result).orElseThrow();
    return Arrays.stream(GeometryKind.values())
        .filter(kind -> kind != GeometryKind.NONE)
        .filter(
            kind ->
                run.layout().computedColumns().stream()
                    .anyMatch(column -> column.name().equals(kind.column())))
        .filter(kind -> table.findColumn(kind.column()).isPresent())
        .findFirst();
  }

  private static TableName result(DatabaseSession session, String runId, String what)
      throws SQLException {
    Optional<RunRecord> run = RunRecords.find(session, runId);
    if (run.isEmpty()) {
      throw new RefusalException(
          NearestNames.unknown("run", runId, RunRecords.latest(session, MAX_RUNS_LISTED)));
    }
    RunState state = RunRecords.state(session, runId).orElseThrow();
    if (state != RunState.SUCCEEDED) {
      throw new RefusalException(
          "%s: its state is %s, not succeeded; seeql run --resume %s continues it"
              .formatted(what, state.word(), runId));
    }
    if (run.get().layout().shape() != Shape.DETECTION) {
      throw new RefusalException(
          what
              + ": its result does not have one row per detection; run a detector with --result=long");
    }
    TableName table =
        run.get()
            .target()
            .orElseThrow(
                () ->
                    new RefusalException(
                        what + ": its statement has no INTO, so its rows were not stored"));
    boolean exists =
        ExistingTable.find(session, table)
            .filter(t -> t.findColumn("run_id").isPresent())
            .isPresent();
    if (!exists || (rowsWritten(session, runId) > 0 && !hasRows(session, table, runId))) {
      throw new RefusalException(
          "%s: %s no longer contains its rows: a later run or another program replaced them"
              .formatted(what, table));
    }
    return table;
  }

  private static boolean hasRows(DatabaseSession session, TableName table, String runId)
      throws SQLException {
    return session
        .findFirst(
            "SELECT 1 FROM " + table.quoted() + " WHERE run_id = ? LIMIT 1", row -> true, runId)
        .orElse(false);
  }

  private static long rowsWritten(DatabaseSession session, String runId) throws SQLException {
    return session
        .findFirst(
            "SELECT rows_written FROM " + SystemSchema.table("runs") + " WHERE run_id = ?",
            row -> row.getLong(1),
            runId)
        .orElse(0L);
  }

  /**
   * Category ids by name. If two categories have the same name, one with annotations is preferred,
   * then the one with the lowest id.
   */
  private static Map<String, Long> categories(DatabaseSession session, String dataSet, String what)
      throws SQLException {
    DataSetReading.requireTables(session, dataSet, what);
    Map<String, Long> categories = new HashMap<>();
    session.query(
        "SELECT c.name, c.id FROM %s c ORDER BY EXISTS (SELECT 1 FROM %s a WHERE a.category_id = c.id) DESC, c.id"
            .formatted(
                TableName.of(dataSet, "categories").quoted(),
                TableName.of(dataSet, "annotations").quoted()),
        row -> categories.putIfAbsent(row.getString(1), row.getLong(2)));
    return categories;
  }

  /** Category ids by the model's label, matched as in TO EVALUATE. */
  private static Map<String, Long> byLabel(
      DatabaseSession session, TableName result, String runId, Map<String, Long> categories)
      throws SQLException {
    // A collation may treat different labels as equal.
    List<String> labels =
        session.query(
            "SELECT MIN(label) FROM %s WHERE run_id = ? AND label IS NOT NULL GROUP BY HEX(label)"
                .formatted(result.quoted()),
            row -> row.getString(1),
            runId);
    ClassMatching matching = ClassMatching.of(categories.keySet(), labels);
    Map<String, Long> byLabel = new HashMap<>();
    for (int i = 0; i < matching.classes().size(); i++) {
      long id = categories.get(matching.classes().get(i));
      matching.labels().get(i).ifPresent(label -> byLabel.put(label, id));
    }
    return byLabel;
  }

  /**
   * Requires that all image ids belong to the data set. Other ids would be compared with the wrong
   * images.
   */
  private static void requireImages(
      DatabaseSession session, String dataSet, TableName result, String runId, String what)
      throws SQLException {
    Optional<String> missingImage =
        session.findFirst(
            "SELECT CAST(r.image_id AS CHAR) FROM %s r LEFT JOIN %s i ON i.image_id = r.image_id WHERE r.run_id = ? AND i.image_id IS NULL LIMIT 1"
                .formatted(result.quoted(), TableName.of(dataSet, "images").quoted()),
            row -> String.valueOf(row.getString(1)),
            runId);
    if (missingImage.isPresent()) {
      throw new RefusalException(
          "%s: its image %s is not in %s.images; the run must select image_id from it"
              .formatted(what, missingImage.get(), dataSet));
    }
  }
}
