package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.detect.Detection;

/** The results of detectors. */
final class DetectionResult extends TaskResult<Detections> {
  DetectionResult() {
    super(Detections.class);
  }

  @Override
  ResultLayout.Shape longShape() {
    return ResultLayout.Shape.DETECTION;
  }

  @Override
  List<ResultColumn> longColumns() {
    return List.of(
        ResultColumn.computed("detection", INT),
        ResultColumn.computed("class_id", INT),
        ResultColumn.computed("label", TEXT),
        ResultColumn.computed("score", SCORE),
        ResultColumn.computed("x_min", SCORE),
        ResultColumn.computed("y_min", SCORE),
        ResultColumn.computed("x_max", SCORE),
        ResultColumn.computed("y_max", SCORE));
  }

  @Override
  List<List<Object>> longRows(Detections prediction) {
    List<List<Object>> rows = new ArrayList<>(prediction.detections().size());
    for (Detection d : prediction.detections()) {
      rows.add(
          List.of(
              rows.size() + 1,
              d.classId(),
              d.label(),
              d.score(),
              d.xMin(),
              d.yMin(),
              d.xMax(),
              d.yMax()));
    }
    return rows;
  }

  @Override
  List<ResultColumn> imageColumns() {
    return List.of(
        ResultColumn.computed("width", INT),
        ResultColumn.computed("height", INT),
        ResultColumn.computed("detections", JSON));
  }

  @Override
  List<Object> imageRow(Detections prediction) {
    return List.of(prediction.width(), prediction.height(), json(prediction));
  }

  @Override
  List<ResultColumn> predictionColumns(String name) {
    return List.of(ResultColumn.computed(name, JSON));
  }

  @Override
  List<Object> predictionRow(Detections prediction) {
    return List.of(json(prediction));
  }

  private static String json(Detections prediction) {
    return JsonText.of(
        json -> {
          json.writeStartArray();
          for (Detection d : prediction.detections()) {
            json.writeStartObject();
            json.writeNumberField("class_id", d.classId());
            json.writeStringField("label", d.label());
            json.writeNumberField("score", d.score());
            json.writeNumberField("x_min", d.xMin());
            json.writeNumberField("y_min", d.yMin());
            json.writeNumberField("x_max", d.xMax());
            json.writeNumberField("y_max", d.yMax());
            json.writeEndObject();
          }
          json.writeEndArray();
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
