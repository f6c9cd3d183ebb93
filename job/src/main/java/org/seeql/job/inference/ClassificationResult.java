package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction.Classification;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;

/** The results of classifiers. */
final class ClassificationResult extends TaskResult<Classification> {
  ClassificationResult() {
    super(Classification.class);
  }

  @Override
  ResultLayout.Shape longShape() {
    return ResultLayout.Shape.CLASS;
  }

  @Override
  List<ResultColumn> longColumns() {
    return List.of(
        ResultColumn.computed("place", ColumnType.INT),
        ResultColumn.computed("class_id", ColumnType.INT),
        ResultColumn.computed("label", LABEL),
        ResultColumn.computed("score", ColumnType.DOUBLE));
  }

  @Override
  List<List<Object>> longRows(Classification prediction) {
    List<List<Object>> rows = new ArrayList<>(prediction.scores().size());
    for (ClassScore s : prediction.scores()) {
      rows.add(List.of(rows.size() + 1, s.classId(), s.label(), s.score()));
    }
    return rows;
  }

  @Override
  List<ResultColumn> imageColumns() {
    return List.of(
        ResultColumn.computed("width", ColumnType.INT),
        ResultColumn.computed("height", ColumnType.INT),
        ResultColumn.computed("classes", ColumnType.JSON));
  }

  @Override
  List<Object> imageRow(Classification prediction) {
    String classes =
        JsonText.objects(
            prediction.scores(),
            (json, s) -> {
              json.writeNumberField("class_id", s.classId());
              json.writeStringField("label", s.label());
              json.writeNumberField("score", s.score());
            });
    return List.of(prediction.width(), prediction.height(), classes);
  }

  @Override
  List<ResultColumn> predictionColumns(String name) {
    return List.of(
        ResultColumn.computed(name, LABEL),
        ResultColumn.computed(name + "_score", ColumnType.DOUBLE));
  }

  @Override
  List<Object> predictionRow(Classification prediction) {
    ClassScore best = prediction.scores().get(0);
    return List.of(best.label(), best.score());
  }

  @Override
  void readScores(Classification prediction, ScoreReader reader) {
    prediction.scores().forEach(s -> reader.score(s.label(), s.score()));
  }

  /** A class has a box of zeros. */
  @Override
  byte[] pack(Classification prediction) {
    return PackedPrediction.pack(
        prediction.scores().stream()
            .map(s -> new Detection(s.classId(), s.label(), s.score(), 0, 0, 0, 0))
            .toList());
  }

  /** Yes only for the top class; there is no threshold. */
  @Override
  BoundModel.Answer answer(Classification prediction, String label, double threshold) {
    return prediction.scores().stream()
        .limit(1)
        .filter(s -> s.label().equals(label))
        .map(s -> new BoundModel.Answer(true, s.score()))
        .findFirst()
        .orElse(new BoundModel.Answer(false, 0));
  }
}
