package org.seeql.job.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.planner.option.ResultShape;
import org.seeql.udf.batch.Prediction.Classification;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

class TaskResultTest {
  private static final Detections DETECTIONS =
      new Detections(
          640,
          480,
          List.of(
              new Detection(2, "car", 0.9f, 1, 2, 30.5f, 40),
              new Detection(2, "car", 0.5f, 5, 6, 7, 8)));
  private static final Classification CLASSES =
      new Classification(
          640, 480, List.of(new ClassScore(7, "cat", 0.75f), new ClassScore(1, "dog", 0.25f)));

  private final DetectionResult detection = new DetectionResult(GeometryKind.NONE);
  private final ClassificationResult classification = new ClassificationResult();

  @Test
  void hasOneValueForEachColumn() {
    assertThat(names(detection.longColumns()))
        .containsExactly(
            "detection", "class_id", "label", "score", "x_min", "y_min", "x_max", "y_max");
    assertThat(detection.longRows(DETECTIONS))
        .containsExactly(
            List.of(1, 2, "car", 0.9f, 1f, 2f, 30.5f, 40f),
            List.of(2, 2, "car", 0.5f, 5f, 6f, 7f, 8f));
    assertThat(names(classification.longColumns()))
        .containsExactly("place", "class_id", "label", "score");
    assertThat(classification.longRows(CLASSES))
        .containsExactly(List.of(1, 7, "cat", 0.75f), List.of(2, 1, "dog", 0.25f));
  }

  @Test
  void writesOneRowPerImageWithJson() {
    assertThat(names(detection.imageColumns())).containsExactly("width", "height", "detections");
    assertThat(detection.imageRow(new Detections(640, 480, DETECTIONS.detections().subList(0, 1))))
        .containsExactly(
            640,
            480,
            "[{\"class_id\":2,\"label\":\"car\",\"score\":0.9,\"x_min\":1.0,\"y_min\":2.0,\"x_max\":30.5,\"y_max\":40.0}]");
    assertThat(names(classification.imageColumns())).containsExactly("width", "height", "classes");
    assertThat(classification.imageRow(CLASSES))
        .containsExactly(
            640,
            480,
            "[{\"class_id\":7,\"label\":\"cat\",\"score\":0.75},{\"class_id\":1,\"label\":\"dog\",\"score\":0.25}]");
  }

  @Test
  void addsTheGeometryOfAnObject() {
    DetectionResult poses = new DetectionResult(GeometryKind.KEYPOINTS);
    Geometry points = new Geometry.Keypoints(List.of(List.of(1f, 2.5f, 0.5f)));
    Detections seen =
        new Detections(640, 480, List.of(new Detection(2, "car", 0.9f, 1, 2, 30.5f, 40, points)));

    assertThat(names(poses.longColumns())).endsWith("y_max", "keypoints");
    assertThat(poses.longRows(seen))
        .containsExactly(List.of(1, 2, "car", 0.9f, 1f, 2f, 30.5f, 40f, "[[1.0,2.5,0.5]]"));
    assertThat(poses.predictionRow(seen))
        .containsExactly(
            "[{\"class_id\":2,\"label\":\"car\",\"score\":0.9,\"x_min\":1.0,\"y_min\":2.0,\"x_max\":30.5,\"y_max\":40.0,\"keypoints\":[[1.0,2.5,0.5]]}]");
    assertThat(detection.longRows(seen).get(0)).hasSameSizeAs(detection.longColumns());
  }

  /** A resumed run can have a layout that was stored before models reported key points. */
  @Test
  void writesOnlyTheColumnsOfTheLayout() {
    ModelDescription model =
        new ModelDescription(
            "m",
            OutputLayouts.of("pose"),
            InputFormat.rgb(64, 64),
            List.of("person"),
            List.of(new ModelFile(Engine.ONNX, URI.create("file:/m.onnx"), "0".repeat(64))),
            Activation.NONE,
            List.of());
    ResultLayout current = ResultLayouts.of(ResultShape.LONG, model, "id", "path");
    ResultLayout former =
        new ResultLayout(
            current.shape(),
            current.columns().stream().filter(c -> !c.name().equals("keypoints")).toList(),
            "id",
            "path");
    Detections seen =
        new Detections(640, 480, List.of(new Detection(0, "person", 0.9f, 1, 2, 30.5f, 40)));

    assertThat(RowEncoder.of(model, current, "r").encode(seen).get(0))
        .hasSameSizeAs(current.computedColumns());
    assertThat(RowEncoder.of(model, former, "r").encode(seen).get(0))
        .hasSameSizeAs(former.computedColumns())
        .hasSize(10);
    assertThat(TaskResult.geometry(model, current)).isEqualTo(GeometryKind.KEYPOINTS);
    assertThat(TaskResult.geometry(model, ResultLayouts.packed(Optional.empty(), "id", "path")))
        .isEqualTo(GeometryKind.NONE);
  }

  @Test
  void predictsJsonOrTheBestClass() {
    assertThat(names(detection.predictionColumns("seen"))).containsExactly("seen");
    assertThat(detection.predictionRow(new Detections(1, 1, List.of()))).containsExactly("[]");
    assertThat(names(classification.predictionColumns("seen")))
        .containsExactly("seen", "seen_score");
    assertThat(classification.predictionRow(CLASSES)).containsExactly("cat", 0.75f);
  }

  @Test
  void answersYesOfADetectorFromTheThreshold() {
    assertThat(detection.answer(DETECTIONS, "car", 0.9))
        .isEqualTo(new BoundModel.Answer(true, 0.9f));
    assertThat(detection.answer(DETECTIONS, "car", 0.95))
        .isEqualTo(new BoundModel.Answer(false, 0.9f));
    assertThat(detection.answer(DETECTIONS, "bus", 0)).isEqualTo(new BoundModel.Answer(false, 0));
  }

  @Test
  void answersYesOfAClassifierForItsTopClassOnly() {
    assertThat(classification.answer(CLASSES, "cat", 1))
        .isEqualTo(new BoundModel.Answer(true, 0.75f));
    assertThat(classification.answer(CLASSES, "dog", 0)).isEqualTo(new BoundModel.Answer(false, 0));
  }

  private static List<String> names(List<ResultColumn> columns) {
    return columns.stream().map(ResultColumn::name).toList();
  }
}
