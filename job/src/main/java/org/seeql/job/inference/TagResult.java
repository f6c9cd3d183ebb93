package org.seeql.job.inference;

import java.util.ArrayList;
import java.util.List;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction.Tags;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;

/** The results of taggers. An image has a row for each of its classes, or none. */
final class TagResult extends TaskResult<Tags> {
  TagResult() {
    super(Tags.class);
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
  List<List<Object>> longRows(Tags prediction) {
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
        ResultColumn.computed("tags", ColumnType.JSON));
  }

  @Override
  List<Object> imageRow(Tags prediction) {
    return List.of(prediction.width(), prediction.height(), json(prediction));
  }

  @Override
  List<ResultColumn> predictionColumns(String name) {
    return List.of(ResultColumn.computed(name, ColumnType.JSON));
  }

  @Override
  List<Object> predictionRow(Tags prediction) {
    return List.of(json(prediction));
  }

  private static String json(Tags prediction) {
    return JsonText.objects(
        prediction.scores(),
        (json, s) -> {
          json.writeNumberField("class_id", s.classId());
          json.writeStringField("label", s.label());
          json.writeNumberField("score", s.score());
        });
  }

  @Override
  void readScores(Tags prediction, ScoreReader reader) {
    prediction.scores().forEach(s -> reader.score(s.label(), s.score()));
  }

  /** A class has a box of zeros. */
  @Override
  byte[] pack(Tags prediction) {
    return PackedPrediction.pack(
        prediction.scores().stream()
            .map(s -> new Detection(s.classId(), s.label(), s.score(), 0, 0, 0, 0))
            .toList());
  }

  /** Yes if the class reaches the threshold. */
  @Override
  BoundModel.Answer answer(Tags prediction, String label, double threshold) {
    return prediction.scores().stream()
        .filter(s -> s.label().equals(label))
        .findFirst()
        // scores are floats; a tagger also compares them with its threshold as a float
        .map(s -> new BoundModel.Answer(s.score() >= (float) threshold, s.score()))
        .orElse(new BoundModel.Answer(false, 0));
  }
}
