package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.detect.GeometryKind;

/**
 * Writes the detections of a run as COCO's results for detection, which {@code pycocotools} can
 * load. The result is a JSON list of {@code image_id}, {@code category_id}, {@code bbox} as [x, y,
 * width, height] in pixels, and {@code score}. Classes are mapped to categories by name, as in TO
 * EVALUATE.
 *
 * <p>A mask is the {@code segmentation} as a run-length encoding, and an oriented box is one as a
 * polygon. {@code keypoints} is the list of x, y and the confidence of each key point, or 1 if the
 * model reports no confidence.
 *
 * @see <a href="https://cocodataset.org/#format-results">COCO's results format</a>
 */
public final class CocoResultsExport {
  private static final int FETCH_ROWS = 10_000;
  private static final int GEOMETRY = 8;
  private static final ObjectMapper TREES = new ObjectMapper();
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
      return write(session, DetectionRun.find(session, dataSet, runId, what), out);
    } catch (SQLException e) {
      throw DatabaseErrors.refused(what, e);
    }
  }

  private static Summary write(DatabaseSession session, DetectionRun run, OutputStream out)
      throws SQLException, IOException {
    Map<String, Long> leftOut = new TreeMap<>();
    long written = 0;
    try (JsonGenerator json = JSON.createGenerator(out);
        PreparedStatement select =
            session.prepare(
                "SELECT image_id, label, x_min, y_min, x_max, y_max, score, %s FROM %s WHERE run_id = ?"
                    .formatted(geometryColumn(run), run.table().quoted()))) {
      select.setFetchSize(FETCH_ROWS);
      select.setString(1, run.runId());
      // One object per line; the generator treats each as a separate document.
      json.writeRaw("[\n");
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Long category = run.categories().get(row.getString(2));
          if (category == null) {
            leftOut.merge(row.getString(2), 1L, Long::sum);
          } else {
            write(json, row, category, run.geometry());
            written++;
          }
        }
      }
      json.writeRaw("\n]\n");
    }
    return new Summary(written, leftOut);
  }

  private static String geometryColumn(DetectionRun run) {
    return run.geometry().map(kind -> TableName.quote(kind.column())).orElse("NULL");
  }

  private static void write(
      JsonGenerator json, ResultSet row, long category, Optional<GeometryKind> geometry)
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
    String value = row.getString(GEOMETRY);
    if (geometry.isPresent() && value != null) {
      write(json, geometry.get(), value);
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, GeometryKind geometry, String value)
      throws IOException {
    switch (geometry) {
      case MASK -> {
        json.writeFieldName("segmentation");
        json.writeRawValue(value);
      }
      case CORNERS -> {
        json.writeArrayFieldStart("segmentation");
        json.writeStartArray();
        for (JsonNode corner : TREES.readTree(value)) {
          json.writeNumber(corner.path(0).asDouble());
          json.writeNumber(corner.path(1).asDouble());
        }
        json.writeEndArray();
        json.writeEndArray();
      }
      case KEYPOINTS -> {
        json.writeArrayFieldStart("keypoints");
        for (JsonNode point : TREES.readTree(value)) {
          json.writeNumber(point.path(0).asDouble());
          json.writeNumber(point.path(1).asDouble());
          json.writeNumber(point.size() < 3 ? 1 : point.path(2).asDouble());
        }
        json.writeEndArray();
      }
      case NONE -> throw new IllegalStateException("boxes have no further column");
    }
  }
}
