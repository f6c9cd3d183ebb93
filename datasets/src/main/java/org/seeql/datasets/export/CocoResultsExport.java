package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.ResultLayout.Shape;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.RunState;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.evaluate.ClassMatching;

/**
 * Writes the detections of a run as COCO's results for detection, which {@code pycocotools} can
 * load. The result is a JSON list of {@code image_id}, {@code category_id}, {@code bbox} as [x, y,
 * width, height] in pixels, and {@code score}. Classes are mapped to categories by name, as in TO
 * EVALUATE.
 *
 * @see <a href="https://cocodataset.org/#format-results">COCO's results format</a>
 */
public final class CocoResultsExport {
  private static final int FETCH_ROWS = 10_000;
  private static final int MAX_RUNS_LISTED = 10;
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .rootValueSeparator(",\n")
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private final DatabaseConnector database;

  public CocoResultsExport(DatabaseConnector database) {
    this.database = requireNonNull(database, "database is null");
  }

  /**
   * The outcome of an export.
   *
   * @param detections the number of written detections
   * @param leftOut the number of omitted detections for each class without a category in the data
   *     set
   */
  public record Summary(long detections, Map<String, Long> leftOut) {
    public Summary {
      leftOut = Map.copyOf(new TreeMap<>(leftOut));
    }
  }

  /**
   * Exports a run.
   *
   * @param dataSet the database of the data set whose images the run processed
   * @param out stays open
   * @throws RefusalException if there is no such run, or if its result is not a table of detections
   *     in images of the data set
   */
  public Summary write(String dataSet, String runId, OutputStream out) throws IOException {
    String what = "Cannot export run " + runId;
    try (DatabaseSession session = DatabaseSession.openForReading(database)) {
      SystemSchema.migrate(database);
      TableName result = result(session, runId, what);
      Map<String, Long> categories = categories(session, dataSet, what);
      requireImages(session, dataSet, result, runId, what);
      return write(session, result, runId, byLabel(session, result, runId, categories), out);
    } catch (SQLException e) {
      throw DatabaseErrors.refused(what, e);
    }
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

  private static Summary write(
      DatabaseSession session,
      TableName result,
      String runId,
      Map<String, Long> categories,
      OutputStream out)
      throws SQLException, IOException {
    Map<String, Long> leftOut = new TreeMap<>();
    long written = 0;
    try (JsonGenerator json = JSON.createGenerator(out);
        PreparedStatement select =
            session.prepare(
                "SELECT image_id, label, x_min, y_min, x_max, y_max, score FROM "
                    + result.quoted()
                    + " WHERE run_id = ?")) {
      select.setFetchSize(FETCH_ROWS);
      select.setString(1, runId);
      // One object per line; the generator treats each as a separate document.
      json.writeRaw("[\n");
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Long category = categories.get(row.getString(2));
          if (category == null) {
            leftOut.merge(row.getString(2), 1L, Long::sum);
          } else {
            write(json, row, category);
            written++;
          }
        }
      }
      json.writeRaw("\n]\n");
    }
    return new Summary(written, leftOut);
  }

  private static void write(JsonGenerator json, ResultSet row, long category)
      throws SQLException, IOException {
    double x = row.getDouble(3);
    double y = row.getDouble(4);
    json.writeStartObject();
    json.writeNumberField("image_id", row.getLong(1));
    json.writeNumberField("category_id", category);
    json.writeArrayFieldStart("bbox");
    json.writeNumber(x);
    json.writeNumber(y);
    json.writeNumber(row.getDouble(5) - x);
    json.writeNumber(row.getDouble(6) - y);
    json.writeEndArray();
    json.writeNumberField("score", row.getDouble(7));
    json.writeEndObject();
  }
}
