package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.GeometryKind;

/**
 * The results of detectors. Models that report masks, key points or corners have them in a column
 * or field more, as JSON.
 */
final class DetectionResult extends TaskResult<Detections> {
  private static final List<ResultColumn> BOX_COLUMNS =
      List.of(
          ResultColumn.computed("detection", ColumnType.INT),
          ResultColumn.computed("class_id", ColumnType.INT),
          ResultColumn.computed("label", LABEL),
          ResultColumn.computed("score", ColumnType.DOUBLE),
          ResultColumn.computed("x_min", ColumnType.DOUBLE),
          ResultColumn.computed("y_min", ColumnType.DOUBLE),
          ResultColumn.computed("x_max", ColumnType.DOUBLE),
          ResultColumn.computed("y_max", ColumnType.DOUBLE));

  private final GeometryKind geometry;

  /**
   * Results with boxes and a geometry.
   *
   * @param geometry what the results contain in addition to boxes
   */
  DetectionResult(GeometryKind geometry) {
    super(Detections.class);
    this.geometry = requireNonNull(geometry, "geometry is null");
  }

  @Override
  ResultLayout.Shape longShape() {
    return ResultLayout.Shape.DETECTION;
  }

  @Override
  List<ResultColumn> longColumns() {
    List<ResultColumn> columns = new ArrayList<>(BOX_COLUMNS);
    if (geometry != GeometryKind.NONE) {
      // NULL, so that models without it can append to the same table
      columns.add(ResultColumn.computed(geometry.column(), ColumnType.JSON.orNull()));
    }
    return columns;
  }

  @Override
  List<List<Object>> longRows(Detections prediction) {
    List<List<Object>> rows = new ArrayList<>(prediction.detections().size());
    for (Detection d : prediction.detections()) {
      List<Object> row =
          new ArrayList<>(
              List.of(
                  rows.size() + 1,
                  d.classId(),
                  d.label(),
                  d.score(),
                  d.xMin(),
                  d.yMin(),
                  d.xMax(),
                  d.yMax()));
      if (geometry != GeometryKind.NONE) {
        row.add(d.geometry().json());
      }
      rows.add(row);
    }
    return rows;
  }

  @Override
  List<ResultColumn> imageColumns() {
    return List.of(
        ResultColumn.computed("width", ColumnType.INT),
        ResultColumn.computed("height", ColumnType.INT),
        ResultColumn.computed("detections", ColumnType.JSON));
  }

  @Override
  List<Object> imageRow(Detections prediction) {
    return List.of(prediction.width(), prediction.height(), json(prediction));
  }

  @Override
  List<ResultColumn> predictionColumns(String name) {
    return List.of(ResultColumn.computed(name, ColumnType.JSON));
  }

  @Override
  List<Object> predictionRow(Detections prediction) {
    return List.of(json(prediction));
  }

  private String json(Detections prediction) {
    return JsonText.objects(
        prediction.detections(),
        (json, d) -> {
          json.writeNumberField("class_id", d.classId());
          json.writeStringField("label", d.label());
          json.writeNumberField("score", d.score());
          json.writeNumberField("x_min", d.xMin());
          json.writeNumberField("y_min", d.yMin());
          json.writeNumberField("x_max", d.xMax());
          json.writeNumberField("y_max", d.yMax());
          if (geometry != GeometryKind.NONE) {
            json.writeFieldName(geometry.column());
            json.writeRawValue(d.geometry().json());
          }
        });
  }

  @Override
  void readScores(Detections prediction, ScoreReader reader) {
    prediction.detections().forEach(d -> reader.score(d.label(), d.score()));
  }

  @Override
  byte[] pack(Detections prediction) {
    return PackedPrediction.pack(prediction.detections());
  }

  /** Yes if a detection of the class reaches the threshold; the score is that of the best one. */
  @Override
  BoundModel.Answer answer(Detections prediction, String label, double threshold) {
    float best = 0;
    boolean seen = false;
    for (Detection detection : prediction.detections()) {
      if (detection.label().equals(label)) {
        best = Math.max(best, detection.score());
        // scores are floats; a detector also compares them with its threshold as a float
        seen |= detection.score() >= (float) threshold;
      }
    }
    return new BoundModel.Answer(seen, best);
  }
}
