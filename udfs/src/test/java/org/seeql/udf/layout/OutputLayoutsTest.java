package org.seeql.udf.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Placement;
import org.seeql.udf.layout.OutputTensor.Numbers;

/** The guess of a layout from the outputs and the metadata of a model. */
class OutputLayoutsTest {
  private static final ExportMetadata NMS =
      new ExportMetadata(Optional.of("detect"), List.of("helmet"), List.of(), true, List.of());

  private static LayoutGuess guess(int side, ExportMetadata metadata, OutputTensor... outputs) {
    return OutputLayouts.guess(
        new OutputSample(InputFormat.rgb(side, side), List.of(List.of(outputs)), metadata));
  }

  private static Optional<String> certain(int side, OutputTensor... outputs) {
    return guess(side, ExportMetadata.NONE, outputs).certain().map(OutputLayout::name);
  }

  private static OutputTensor tensor(String name, Numbers numbers, float value, long... shape) {
    int size = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    float[] values = new float[size];
    Arrays.fill(values, value);
    return OutputTensor.of(name, shape, FloatBuffer.wrap(values), numbers);
  }

  private static OutputTensor tensor(float value, long... shape) {
    return tensor("output", Numbers.FRACTIONS, value, shape);
  }

  /** Candidates in rows: boxes with one value, scores with another one. */
  private static OutputTensor rows(int rows, int columns, int boxColumns, float box, float score) {
    OutputTensor tensor = tensor(score, 1, rows, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < boxColumns; column++) {
        tensor.values().put(row * columns + column, box);
      }
    }
    return tensor;
  }

  /** Candidates in columns: boxes with one value, scores with another one. */
  private static OutputTensor columns(int rows, int columns, float box, float score) {
    OutputTensor tensor = tensor(score, 1, rows, columns);
    for (int i = 0; i < 4 * columns; i++) {
      tensor.values().put(i, box);
    }
    return tensor;
  }

  /** A table of boxes from (10, 20) to (30, 40), multiplied by a unit, and rows of zeros. */
  private static OutputTensor finalBoxes(int boxes, float unit) {
    OutputTensor tensor = tensor(0, 1, 300, 6);
    for (int row = 0; row < boxes; row++) {
      float[] values = {10 * unit, 20 * unit, 30 * unit, 40 * unit, 0.9f, 2};
      tensor.values().put(row * values.length, values);
    }
    return tensor;
  }

  @Test
  void hasEachLayoutOnce() {
    assertThat(OutputLayouts.names())
        .isEqualTo(
            "yolov5, yolov8, yolox, yolox_decoded, end2end, end2end_normalized, end2end_centered,"
                + " segment, pose, pose_xy, obb, torchvision, detr, detr_final, ssd, efficient_nms, classification, tagging or embedding");
  }

  // 640: 80² + 40² + 20² = 8400 cells, three anchors each: 25,200
  @ParameterizedTest
  @CsvSource({
    "640, 25200, 85, 600, 0.5, yolov5",
    "416, 10647, 85, 400, 0, yolov5",
    "640, 8400, 85, 0.5, 0.5, yolox",
    "640, 8400, 85, 600, 1, yolov5",
  })
  void determinesDetectorsWithCandidatesInRows(
      int side, int rows, int columns, float box, float score, String layout) {
    assertThat(certain(side, rows(rows, columns, 4, box, score))).contains(layout);
  }

  @ParameterizedTest
  @CsvSource({"640, 84, 8400, 600", "416, 84, 3549, 400", "640, 5, 34000, 600"})
  void determinesDetectorsWithCandidatesInColumns(int side, int rows, int columns, float box) {
    assertThat(certain(side, columns(rows, columns, box, 0.5f))).contains("yolov8");
  }

  @Test
  void asksIfBoxesInPixelsAreOfYoloxOrYolov5() {
    LayoutGuess guess = guess(640, ExportMetadata.NONE, rows(8400, 85, 4, 600, 0.5f));

    assertThat(guess.certain()).isEmpty();
    assertThat(guess.question())
        .isEqualTo(
            "; it can be yolov5 (one box in pixels for each of 8400 grid cells; the input is RGB, 0"
                + " to 1) or yolox_decoded (one box in pixels for each of 8400 grid cells; the input"
                + " is BGR, 0 to 255); it is not yolox (the offsets in its grid cells would be 600"
                + " to 600); set layout='yolov5' or layout='yolox_decoded'");
  }

  // 80² cells of stride 8 alone, with and without anchors
  @ParameterizedTest
  @CsvSource({"640, 6400, 85", "640, 19200, 85", "640, 100, 100", "640, 7, 3", "640, 300, 4"})
  void doesNotGuessFromOneGridOrOtherShapes(int side, int rows, int columns) {
    assertThat(certain(side, rows(rows, columns, Math.min(4, columns), 600, 0.5f))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2", "-1.5", "NaN"})
  void doesNotGuessIfScoresAreNoProbabilities(float score) {
    assertThat(certain(640, columns(84, 8400, 600, score))).isEmpty();
    assertThat(certain(640, rows(25200, 85, 4, 600, score))).isEmpty();
    assertThat(certain(640, rows(8400, 85, 4, 0.5f, score))).isEmpty();
  }

  @Test
  void usesAllRuns() {
    OutputTensor blank = columns(84, 8400, 600, 0.5f);
    OutputTensor noise = columns(84, 8400, 600, 1.5f);

    LayoutGuess guess =
        OutputLayouts.guess(
            new OutputSample(
                InputFormat.rgb(640, 640),
                List.of(List.of(blank), List.of(noise)),
                ExportMetadata.NONE));

    assertThat(guess.question())
        .isEqualTo(
            "; it is not yolov8 (its class scores would be 0.500 to 1.50); set layout="
                + OutputLayouts.names());
  }

  @ParameterizedTest
  @CsvSource({
    "segment, 80, the file's task is segment",
    "detect, 48, 'the file names 48 classes, but the output has 80'"
  })
  void believesTheFile(String task, int names, String reason) {
    List<String> labels = IntStream.range(0, names).mapToObj(i -> "c" + i).toList();
    ExportMetadata metadata =
        new ExportMetadata(Optional.of(task), labels, List.of(), false, List.of());

    LayoutGuess guess = guess(640, metadata, columns(84, 8400, 600, 0.5f));

    assertThat(guess.certain()).isEmpty();
    assertThat(guess.question()).startsWith("; it is not yolov8 (" + reason + ");");
  }

  @Test
  void doesNotTakeMaskCoefficientsForClasses() {
    assertThat(
            certain(
                640,
                columns(116, 8400, 600, 0.5f),
                tensor("output1", Numbers.FRACTIONS, 0.5f, 1, 32, 160, 160)))
        .isEmpty();
  }

  private static final OutputTensor PROTOTYPES =
      tensor("output1", Numbers.FRACTIONS, 0.5f, 1, 32, 80, 80);

  private static ExportMetadata ofTask(String task, int names, Integer... keypointShape) {
    List<String> labels = IntStream.range(0, names).mapToObj(i -> "c" + i).toList();
    return new ExportMetadata(Optional.of(task), labels, List.of(), false, List.of(keypointShape));
  }

  /** Candidates in columns for an input of 320 x 320, whose rows after the classes have a value. */
  private static OutputTensor candidates(int classes, int further, float value) {
    OutputTensor tensor = columns(4 + classes + further, 2100, 300, 0.5f);
    for (int i = (4 + classes) * 2100; i < (4 + classes + further) * 2100; i++) {
      tensor.values().put(i, value);
    }
    return tensor;
  }

  /** Twenty final boxes around (20, 30) and rows of zeros, with further columns of one value. */
  private static OutputTensor finalBoxes(int further, float x2, float y2, float value) {
    OutputTensor tensor = tensor(0, 1, 300, 6 + further);
    for (int row = 0; row < 20; row++) {
      float[] values = Arrays.copyOf(new float[] {20, 30, x2, y2, 0.9f, 2}, 6 + further);
      Arrays.fill(values, 6, values.length, value);
      tensor.values().put(row * values.length, values);
    }
    return tensor;
  }

  @Test
  void determinesModelsThatSegmentByTheirTask() {
    ExportMetadata metadata = ofTask("segment", 80);

    LayoutGuess columns = guess(320, metadata, candidates(80, 32, -3), PROTOTYPES);
    LayoutGuess rows = guess(320, metadata, finalBoxes(32, 40, 50, -3), PROTOTYPES);

    assertThat(columns.certain()).contains(OutputLayouts.of("segment"));
    assertThat(columns.evidence())
        .isEqualTo(
            "the file's task is segment; one box in pixels for each of 2100 grid cells, 80 class"
                + " scores of 0 to 1, and 32 mask coefficients");
    assertThat(rows.certain()).contains(OutputLayouts.of("segment"));
    assertThat(rows.evidence())
        .isEqualTo(
            "the file's task is segment; 20 valid boxes, which are final, each with 32 mask"
                + " coefficients");
  }

  @Test
  void determinesModelsOfPosesByTheirTask() {
    ExportMetadata metadata = ofTask("pose", 1, 17, 3);

    assertThat(guess(320, metadata, candidates(1, 51, 300)).certain())
        .contains(OutputLayouts.of("pose"));
    assertThat(guess(320, metadata, finalBoxes(51, 40, 50, 300)).certain())
        .contains(OutputLayouts.of("pose"));
  }

  @Test
  void distinguishesKeyPointsWithAndWithoutConfidence() {
    ExportMetadata positions = ofTask("pose", 1, 9, 2);

    assertThat(guess(320, positions, candidates(1, 18, 300)).certain())
        .contains(OutputLayouts.of("pose_xy"));
    assertThat(guess(320, positions, finalBoxes(18, 40, 50, 300)).certain())
        .contains(OutputLayouts.of("pose_xy"));
    // 18 values without a shape are 6 or 9 key points
    assertThat(guess(320, ofTask("pose", 1), candidates(1, 18, 300)).question())
        .isEqualTo(
            "; it can be pose (the file's task is pose; one box in pixels for each of 2100 grid cells,"
                + " 1 class scores of 0 to 1, and 6 key points of 3 values) or pose_xy (the file's"
                + " task is pose; one box in pixels for each of 2100 grid cells, 1 class scores of 0"
                + " to 1, and 9 key points of 2 values); it is not yolov8 (the file's task is pose);"
                + " set layout='pose' or layout='pose_xy'");
    assertThat(guess(320, ofTask("pose", 1), candidates(1, 15, 300)).certain())
        .contains(OutputLayouts.of("pose"));
  }

  /** The size of a box, in columns 2 and 3, can be less than its centre. */
  @Test
  void determinesModelsOfOrientedBoxesByTheirTask() {
    ExportMetadata metadata = ofTask("obb", 15);

    assertThat(guess(320, metadata, candidates(15, 1, -0.5f)).certain())
        .contains(OutputLayouts.of("obb"));
    assertThat(guess(320, metadata, candidates(15, 1, 0.5f)).certain())
        .contains(OutputLayouts.of("obb"));
    assertThat(guess(320, metadata, finalBoxes(1, 5, 5, 0.5f)).certain())
        .contains(OutputLayouts.of("obb"));
  }

  @Test
  void doesNotTakeTheAngleForAScoreOrTheCentreForAnImage() {
    // centre (0, 3), size 0.1 x 30, score 0.9, class 2, angle 0.5: also image 0, corners (3, 0.1)
    // and (30, 0.9), class 2, score 0.5
    OutputTensor tensor = finalBoxes(1, 20, 30, 0.5f);
    for (int row = 0; row < 20; row++) {
      tensor.values().put(row * 7, 0).put(row * 7 + 1, 3).put(row * 7 + 2, 0.1f);
    }

    assertThat(guess(320, ofTask("obb", 15), tensor).certain()).contains(OutputLayouts.of("obb"));
    assertThat(certain(320, tensor)).contains("end2end");
  }

  @Test
  void excludesRowsWhoseFirstValueIsNoImage() {
    OutputTensor tensor = finalBoxes(1, 40, 50, 0.5f);
    for (int row = 0; row < 20; row++) {
      tensor.values().put(row * 7, 20.5f).put(row * 7 + 4, 60);
    }

    assertThat(guess(320, ExportMetadata.NONE, tensor).question())
        .startsWith("; it is not end2end (the index of the image of a row would be 20.5)");
  }

  @Test
  void asksForTheHeadOfAFileWithoutATask() {
    assertThat(guess(320, ExportMetadata.NONE, candidates(80, 32, -3), PROTOTYPES).question())
        .isEqualTo(
            "; it can be segment (one box in pixels for each of 2100 grid cells, and mask"
                + " coefficients); it is not yolov8 (the output output1 [1, 32, 80, 80] contains"
                + " prototypes of masks); set layout='segment'");
    assertThat(guess(320, ExportMetadata.NONE, candidates(1, 51, 300)).question())
        .isEqualTo(
            "; it can be pose (one box in pixels for each of 2100 grid cells, and key points of 3"
                + " values) or pose_xy (one box in pixels for each of 2100 grid cells, and key"
                + " points of 2 values); it is not yolov8 (its class scores would be 0.500 to 300);"
                + " set layout='pose' or layout='pose_xy'");
    assertThat(guess(320, ExportMetadata.NONE, candidates(15, 1, -0.5f)).question())
        .isEqualTo(
            "; it can be pose (one box in pixels for each of 2100 grid cells, and key points of 3"
                + " values) or pose_xy (one box in pixels for each of 2100 grid cells, and key"
                + " points of 2 values) or obb (one box in pixels for each of 2100 grid cells, and"
                + " angles); it is not yolov8 (its class scores would be -0.500 to 0.500); set"
                + " layout='pose' or layout='pose_xy' or layout='obb'");
    assertThat(guess(320, ExportMetadata.NONE, finalBoxes(51, 40, 50, 300)).question())
        .isEqualTo(
            "; it can be pose (20 valid boxes, each with key points of 3 values); it is not detr (the"
                + " coordinates of its boxes would be 0.00 to 50.0); set layout='pose'");
  }

  @ParameterizedTest
  @CsvSource({
    "segment, 79, 17, 'the file names 79 classes, but the output has 112 values for each box,"
        + " including mask coefficients'",
    "pose, 80, 17, 'the file names 80 classes, but the output has 112 values for each box,"
        + " including key points of 3 values'",
    "pose, 112, 0, 'the file names 112 classes, but the output has 112 values for each box,"
        + " including key points of 3 values'",
    "obb, 80, 0, 'the file names 80 classes, but the output has 112 values for each box, including"
        + " angles'"
  })
  void believesTheClassesThatAHeadNames(String task, int names, int keypoints, String reason) {
    ExportMetadata metadata =
        keypoints == 0 ? ofTask(task, names) : ofTask(task, names, keypoints, 3);

    LayoutGuess guess = guess(320, metadata, candidates(80, 32, 0.5f), PROTOTYPES);

    assertThat(guess.certain()).isEmpty();
    assertThat(guess.question()).contains("not " + task + " (" + reason + ")");
  }

  @Test
  void doesNotTakeAnotherTaskForAHead() {
    assertThat(guess(320, ofTask("semantic", 19), tensor(0.5f, 1, 19, 320, 320)).certain())
        .isEmpty();
    assertThat(guess(320, ofTask("detect", 80), candidates(80, 32, -3), PROTOTYPES).certain())
        .isEmpty();
  }

  @Test
  void determinesFinalBoxesByTheirValues() {
    assertThat(certain(640, finalBoxes(20, 1))).contains("end2end");
    assertThat(certain(640, finalBoxes(20, 1 / 640f))).contains("end2end_normalized");
    assertThat(certain(640, finalBoxes(19, 1))).isEmpty();
    assertThat(certain(640, finalBoxes(0, 1))).isEmpty();
  }

  /** A table of boxes by centre and size. */
  private static OutputTensor centredBoxes(int boxes, float unit, float classId) {
    OutputTensor tensor = tensor(0, 1, 300, 6);
    for (int row = 0; row < boxes; row++) {
      float[] values = {0.5f * unit, 0.5f * unit, 0.1f * unit, 0.2f * unit, 0.1f, classId};
      tensor.values().put(row * values.length, values);
    }
    return tensor;
  }

  @Test
  void determinesFinalBoxesByTheirCentres() {
    assertThat(certain(640, centredBoxes(20, 1, 79))).contains("end2end_centered");
    assertThat(certain(640, centredBoxes(300, 1, 1))).contains("end2end_centered");
    assertThat(certain(640, centredBoxes(19, 1, 79))).isEmpty();
    // two scores instead of a score and a class id
    assertThat(certain(640, centredBoxes(300, 1, 0.3f))).contains("detr");
    assertThat(guess(640, ExportMetadata.NONE, centredBoxes(20, 640, 79)).question())
        .isEqualTo(
            "; it is not end2end (a box would extend from 320 to 128), not end2end_normalized (a"
                + " box would extend from 320 to 128), not end2end_centered (its coordinates reach"
                + " 320), not detr (the coordinates of its boxes would be 0.00 to 320); set layout="
                + OutputLayouts.names());
  }

  @Test
  void determinesFinalBoxesByTheFile() {
    assertThat(guess(640, NMS, finalBoxes(0, 1)).certain().map(OutputLayout::name))
        .contains("end2end");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 0.5, the class id of a row would be 0.500",
    "4, 1.5, the score of a row would be 1.50",
    "2, 5, a box would extend from 10.0 to 5.00"
  })
  void excludesFinalBoxesWithImpossibleValues(int column, float value, String reason) {
    OutputTensor tensor = finalBoxes(20, 1);
    tensor.values().put(column, value);

    assertThat(guess(640, ExportMetadata.NONE, tensor).question())
        .startsWith("; it is not end2end (" + reason + ")");
  }

  @Test
  void findsLabelsAndScoresByNameOrType() {
    OutputTensor boxes = tensor(5, 10, 4);

    assertThat(
            certain(
                64,
                boxes,
                tensor("b", Numbers.FRACTIONS, 0, 10),
                tensor("c", Numbers.WHOLE, 0, 10)))
        .contains("torchvision");
    assertThat(
            certain(
                64,
                tensor("scores", Numbers.FRACTIONS, 0, 10),
                tensor("labels", Numbers.FRACTIONS, 0, 10),
                boxes))
        .contains("torchvision");
    assertThat(
            certain(
                64,
                boxes,
                tensor("b", Numbers.FRACTIONS, 0, 10),
                tensor("c", Numbers.FRACTIONS, 0, 10)))
        .isEmpty();
  }

  /** Boxes of some queries, all with the same four values. */
  private static OutputTensor boxes(String name, int queries, float... box) {
    OutputTensor tensor = tensor(name, Numbers.FRACTIONS, 0, 1, queries, 4);
    for (int i = 0; i < queries * box.length; i++) {
      tensor.values().put(i, box[i % box.length]);
    }
    return tensor;
  }

  private static OutputTensor logits(String name, int queries, int classes) {
    return tensor(name, Numbers.FRACTIONS, -5, 1, queries, classes);
  }

  /** One tensor of a box by its centre and size, and scores of 0.25. */
  private static OutputTensor boxAndScores(int rows, int columns) {
    OutputTensor tensor = rows(rows, columns, 4, 0.5f, 0.25f);
    tensor.values().put(2, 0.1f);
    return tensor;
  }

  @ParameterizedTest
  @CsvSource({
    "logits, pred_boxes, 92",
    "b, a, 80",
    "labels, dets, 4",
    "scores, boxes, 1",
    "last_hidden_state, pred_boxes, 256"
  })
  void determinesDetrByTheCentresOfItsBoxes(String scores, String boxes, int classes) {
    OutputTensor centred = boxes(boxes, 300, 0.5f, 0.5f, 0.1f, 0.2f);

    assertThat(certain(640, logits(scores, 300, classes), centred)).contains("detr");
    assertThat(certain(640, centred, logits(scores, 300, classes))).contains("detr");
  }

  @Test
  void determinesDetrNextToOtherOutputsByName() {
    OutputTensor centred = boxes("pred_boxes", 100, 0.5f, 0.5f, 0.1f, 0.2f);
    OutputTensor masks = tensor("pred_masks", Numbers.FRACTIONS, 3, 1, 100, 160, 160);
    OutputTensor features = logits("last_hidden_state", 100, 256);

    assertThat(certain(640, logits("logits", 100, 92), centred, features, masks)).contains("detr");
    assertThat(certain(640, logits("a", 100, 92), centred, features)).isEmpty();
    assertThat(certain(640, logits("a", 100, 4), boxes("b", 100, 0.5f, 0.5f, 0.1f, 0.2f)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0.2, 0.2, 0.4, 0.4, all its boxes can be corners",
    "300, 0, 0, 0, 0, all its boxes can be corners",
    "300, 100, 100, 50, 50, the coordinates of its boxes would be 50.0 to 100",
    "300, 0.5, 0.5, 0.1, NaN, the coordinates of its boxes would be NaN to NaN",
    "3000, 0.5, 0.5, 0.1, 0.1, 'it has 3000 boxes, more than 1000'"
  })
  void doesNotTakeOtherBoxesForDetr(
      int queries, float x, float y, float width, float height, String reason) {
    LayoutGuess guess =
        guess(
            640,
            ExportMetadata.NONE,
            boxes("boxes", queries, x, y, width, height),
            logits("scores", queries, 80));

    assertThat(guess.certain()).isEmpty();
    assertThat(guess.question())
        .isEqualTo("; it is not detr (" + reason + "); set layout=" + OutputLayouts.names());
  }

  // 8400 cells; 25,200 anchors
  @ParameterizedTest
  @CsvSource({"300, 84, true", "300, 6, true", "100, 369, true", "84, 8400, false"})
  void determinesDetrFromOneTensor(int rows, int columns, boolean detr) {
    assertThat(certain(640, boxAndScores(rows, columns)))
        .isEqualTo(detr ? Optional.of("detr") : Optional.empty());
  }

  @Test
  void doesNotTakeOtherTensorsForDetr() {
    OutputTensor logits = boxAndScores(300, 84);
    logits.values().put(83, -5);
    ExportMetadata segment =
        new ExportMetadata(Optional.of("segment"), List.of(), List.of(), false, List.of());

    assertThat(certain(640, logits)).isEmpty();
    assertThat(guess(640, segment, boxAndScores(300, 84)).question())
        .startsWith("; it is not detr (the file's task is segment);");
    assertThat(guess(640, NMS, boxAndScores(300, 84)).question())
        .startsWith("; it is not detr (the file names 1 classes, but the output has 80);");
    assertThat(certain(640, boxAndScores(8400, 85))).isNotEqualTo(Optional.of("detr"));
    assertThat(certain(640, finalBoxes(20, 1 / 640f))).contains("end2end_normalized");
  }

  @ParameterizedTest
  @CsvSource({
    "logits, pred_boxes, -5, 91, SIGMOID",
    "logits, pred_boxes, -5, 90, SOFTMAX",
    "labels, dets, -5, 90, SIGMOID",
    "logits, pred_boxes, 0.5, 91, NONE",
    "logits, pred_boxes, 0.5, 90, NONE"
  })
  void choosesTheActivationOfDetrByTheNumberOfLabels(
      String scores, String boxes, float score, int labels, Activation activation) {
    OutputLayout detr = OutputLayouts.of("detr");
    OutputSample sample =
        new OutputSample(
            InputFormat.rgb(640, 640),
            List.of(
                List.of(
                    boxes(boxes, 300, 0.5f, 0.5f, 0.1f, 0.2f),
                    tensor(scores, Numbers.FRACTIONS, score, 1, 300, 91))),
            ExportMetadata.NONE);

    assertThat(detr.labelCounts(sample.outputs())).containsExactly(91, 90);
    assertThat(detr.activation(sample, labels)).isEqualTo(activation);
  }

  private static final OutputTensor FOUR_BOXES = tensor(0, 1, 100, 4);

  private static OutputTensor list(String name, Numbers numbers, float value) {
    return tensor(name, numbers, value, 1, 100);
  }

  @Test
  void determinesSsdByTheNamesOfItsOutputs() {
    assertThat(
            certain(
                300,
                tensor("raw_detection_boxes", Numbers.FRACTIONS, 0, 1, 1917, 4),
                tensor("num_detections:0", Numbers.FRACTIONS, 100, 1),
                tensor("detection_boxes:0", Numbers.FRACTIONS, 0, 1, 100, 4),
                list("detection_scores:0", Numbers.FRACTIONS, 0.1f),
                list("detection_classes:0", Numbers.FRACTIONS, 90),
                list("detection_anchor_indices", Numbers.FRACTIONS, 4)))
        .contains("ssd");
  }

  @Test
  void determinesEfficientNmsByTheNamesOfItsOutputs() {
    assertThat(
            certain(
                640,
                tensor("num_dets", Numbers.WHOLE, 100, 1, 1),
                tensor("det_boxes", Numbers.FRACTIONS, 0, 1, 100, 4),
                list("det_scores", Numbers.FRACTIONS, 0.1f),
                list("det_classes", Numbers.WHOLE, 79)))
        .contains("efficient_nms");
  }

  @Test
  void asksForTheMeaningOfFourOutputsWithoutNames() {
    String ssd =
        "ssd (four outputs of boxes, scores, class ids and their number; the boxes are y min, x min,"
            + " y max, x max in fractions of the input, class ids from 1)";
    String efficientNms =
        "efficient_nms (four outputs of boxes, scores, class ids and their number; the boxes are x"
            + " min, y min, x max, y max in pixels of the input, class ids from 0)";

    LayoutGuess guess =
        guess(
            640,
            ExportMetadata.NONE,
            FOUR_BOXES,
            list("a", Numbers.WHOLE, 79),
            list("b", Numbers.FRACTIONS, 0.1f),
            tensor("c", Numbers.WHOLE, 100, 1, 1));

    assertThat(guess.certain()).isEmpty();
    assertThat(guess.question())
        .isEqualTo(
            "; it can be "
                + ssd
                + " or "
                + efficientNms
                + "; it is not classification (the output output [1, 100, 4] contains boxes); set layout='ssd' or layout='efficient_nms'");
  }

  /** Only the order distinguishes two lists of the same type, and TensorFlow's is another one. */
  @Test
  void distinguishesScoresAndClassIdsByTheirOrder() {
    LayoutGuess guess =
        guess(
            640,
            ExportMetadata.NONE,
            FOUR_BOXES,
            list("a", Numbers.FRACTIONS, 79),
            list("b", Numbers.FRACTIONS, 0.1f),
            tensor("c", Numbers.FRACTIONS, 100, 1));

    assertThat(guess.certain()).isEmpty();
    assertThat(guess.question())
        .startsWith("; it can be ssd (")
        .endsWith(
            "; it is not efficient_nms (its scores would be 79.0 to 79.0), not classification (the output output [1, 100, 4] contains boxes); set layout='ssd'");
  }

  @Test
  void doesNotTakeOtherShapesForCountedBoxes() {
    String noLayout =
        "; it is not classification (the output output [1, 100, 4] contains boxes); set layout="
            + OutputLayouts.names();
    OutputTensor scores = list("a", Numbers.FRACTIONS, 0.1f);
    OutputTensor count = tensor("c", Numbers.WHOLE, 1, 1, 1);

    assertThat(guess(640, ExportMetadata.NONE, FOUR_BOXES, scores, count).question())
        .isEqualTo(noLayout);
    assertThat(guess(640, ExportMetadata.NONE, FOUR_BOXES, scores, scores, scores).question())
        .isEqualTo(noLayout);
    assertThat(
            guess(
                    640,
                    ExportMetadata.NONE,
                    FOUR_BOXES,
                    scores,
                    tensor("b", Numbers.WHOLE, 1, 1, 99),
                    count)
                .question())
        .isEqualTo(noLayout);
  }

  @Test
  void determinesClassifiersByTheirTwoAxes() {
    assertThat(certain(224, tensor(0.001f, 1, 1000))).contains("classification");
  }

  @Test
  void knowsTheInputOfAClassifierOnlyIfUltralyticsExportedIt() {
    OutputLayout layout = OutputLayouts.of("classification");
    ExportMetadata ofUltralytics =
        new ExportMetadata(
            Optional.of("classify"),
            List.of(),
            List.of(),
            false,
            List.of(),
            OptionalInt.empty(),
            true);

    assertThat(layout.normalizationEvidence(ofUltralytics)).isPresent();
    assertThat(layout.defaultInput(64, 64, ofUltralytics).conversion().placement())
        .isEqualTo(Placement.CENTER_CROP);
    assertThat(layout.normalizationEvidence(ofTask("classify", 1))).isEmpty();
    assertThat(layout.defaultInput(64, 64, ofTask("classify", 1)).conversion().placement())
        .isEqualTo(Placement.STRETCH);
  }

  @Test
  void doesNotTakeATableOfDetectionsForAClassifier() {
    assertThat(certain(224, tensor(0.001f, 12, 6))).isEmpty();
  }

  @Test
  void doesNotGuessWithoutOutputs() {
    assertThat(certain(640)).isEmpty();
  }
}
