package org.seeql.job.evaluate;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.evaluate.DetectionScores;
import org.seeql.udf.evaluate.EvaluatedClass;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.PresenceCounts;

/**
 * The rows of an evaluation's target. The column {@code scope} names the subject of a row: {@code
 * overall} (one row), {@code class} (one row per class that the model knows) or {@code timing} (one
 * row per batch size). Values that do not apply to a row are NULL.
 */
public final class EvaluationTable {
  private static final ColumnType NAME = ColumnType.exactText(255);

  /** The columns of the target. */
  public static final ResultLayout LAYOUT =
      new ResultLayout(
          ResultLayout.Shape.EVALUATION,
          List.of(
              ResultColumn.computed("run_id", ColumnType.text(32)),
              ResultColumn.computed("model", NAME),
              ResultColumn.computed("model_version", ColumnType.INT),
              ResultColumn.computed("dataset", NAME),
              ResultColumn.computed("scope", ColumnType.text(8)),
              ResultColumn.computed("class", NAME.orNull()),
              ResultColumn.computed("images", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("images_shown", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("objects", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("ap50", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("ap", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("ap_small", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("ap_medium", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("ap_large", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("accuracy", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("object_precision", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("object_recall", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("present_tp", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("present_fp", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("present_fn", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("present_tn", ColumnType.BIGINT.orNull()),
              ResultColumn.computed("present_tpr", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("present_fpr", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("device", ColumnType.text(64).orNull()),
              ResultColumn.computed("engine", ColumnType.text(32).orNull()),
              ResultColumn.computed("batch_size", ColumnType.INT.orNull()),
              ResultColumn.computed("seconds_per_image", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("load_seconds", ColumnType.DOUBLE.orNull()),
              ResultColumn.computed("memory_bytes", ColumnType.BIGINT.orNull())),
          "class",
          "class");

  private static final int TIMING_COLUMNS = 6;

  private EvaluationTable() {}

  /** The first columns of all rows of an evaluation. */
  record Head(String runId, String model, int version, String dataset) {}

  /** The rows, with columns in the order of {@link #LAYOUT}; a value may be null. */
  static List<List<Object>> rows(Head head, Measurement measurement, List<ModelTiming> timings) {
    List<List<Object>> rows = new ArrayList<>();
    rows.add(
        row(
            head,
            "overall",
            scores(
                measurement,
                Optional.empty(),
                measurement.overall(),
                measurement.overallPresence(),
                measurement.accuracy())));
    for (EvaluatedClass c : measurement.known()) {
      rows.add(
          row(
              head,
              "class",
              scores(
                  measurement,
                  Optional.of(c.name()),
                  c.scores(),
                  c.presence(),
                  OptionalDouble.empty())));
    }
    for (ModelTiming timing : timings) {
      rows.add(row(head, "timing", timing(timing)));
    }
    return rows;
  }

  private static List<Object> row(Head head, String scope, List<Object> figures) {
    List<Object> row =
        new ArrayList<>(List.of(head.runId(), head.model(), head.version(), head.dataset(), scope));
    row.addAll(figures);
    return row;
  }

  private static List<Object> scores(
      Measurement measurement,
      Optional<String> name,
      DetectionScores scores,
      PresenceCounts presence,
      OptionalDouble accuracy) {
    List<Object> figures =
        new ArrayList<>(
            Arrays.asList(
                name.orElse(null),
                measurement.images(),
                name.isPresent() ? presence.shown() : null,
                scores.objects(),
                number(scores.ap50()),
                number(scores.ap()),
                number(scores.apSmall()),
                number(scores.apMedium()),
                number(scores.apLarge()),
                number(accuracy.orElse(Double.NaN)),
                number(scores.precision()),
                number(scores.recall()),
                presence.truePositives(),
                presence.falsePositives(),
                presence.falseNegatives(),
                presence.trueNegatives(),
                number(presence.truePositiveRate()),
                number(presence.falsePositiveRate())));
    figures.addAll(Collections.nCopies(TIMING_COLUMNS, null));
    return figures;
  }

  private static List<Object> timing(ModelTiming timing) {
    int empty = LAYOUT.columns().size() - TIMING_COLUMNS - 5;
    List<Object> figures = new ArrayList<>(Collections.nCopies(empty, null));
    figures.addAll(
        Arrays.asList(
            timing.device(),
            timing.engine(),
            timing.batchSize(),
            timing.secondsPerImage(),
            timing.loadSeconds(),
            timing.memoryBytes().isPresent() ? timing.memoryBytes().getAsLong() : null));
    return figures;
  }

  /** A value for the database, which has no NaN: null replaces it. */
  static Double number(double figure) {
    return Double.isNaN(figure) ? null : (Double) figure;
  }

  /** Writes the rows of an evaluation and replaces rows that it wrote before. */
  static void write(DatabaseSession session, TableName table, String runId, List<List<Object>> rows)
      throws SQLException {
    session.update("DELETE FROM " + table.quoted() + " WHERE run_id = ?", runId);
    String columns =
        LAYOUT.columns().stream()
            .map(column -> TableName.quote(column.name()))
            .collect(Collectors.joining(", "));
    String values = String.join(", ", Collections.nCopies(LAYOUT.columns().size(), "?"));
    try (PreparedStatement insert =
        session.prepare(
            "INSERT INTO %s (%s) VALUES (%s)".formatted(table.quoted(), columns, values))) {
      for (List<Object> row : rows) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
