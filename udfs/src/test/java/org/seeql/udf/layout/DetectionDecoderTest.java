package org.seeql.udf.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.detect.Thresholds;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.Placement;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

class DetectionDecoderTest {
  private static final Thresholds DEFAULT = new Thresholds(0.25, 0.45, 300);

  /** 200 x 100 in a square of 100: half the size, 25 from the top. */
  private static final Letterbox HALVED = Letterbox.of(200, 100, InputFormat.rgb(100, 100));

  /** The same image, with each side scaled independently. */
  private static final Letterbox STRETCHED =
      Letterbox.of(200, 100, InputFormat.rgb(100, 100).withPlacement(Placement.STRETCH));

  /** Of a box of 40 x 20 pixels around (100, 50), turned by 30 degrees. */
  private static final float[] CORNERS = {
    112.32051f, 68.660255f, 122.32051f, 51.339745f, 87.67949f, 31.339745f, 77.67949f, 48.660255f
  };

  /** The pixels of (40, 30) to (100, 70), encoded by pycocotools 2.0. */
  private static final String LEFT = "nm3X1l1" + "0".repeat(117) + "bg9";

  /** The pixels of (140, 30) to (180, 50), encoded by pycocotools 2.0. */
  private static final String UPPER = "^f=d0`2" + "0".repeat(77) + "bm1";

  @Test
  void readsYolov5AndPutsBoxesBackIntoTheOriginal() {
    ModelOutputs outputs =
        outputs(new long[] {1, 2, 7}, 50, 50, 20, 10, 0.8f, 0.1f, 0.9f, 9, 9, 9, 9, 0.2f, 1, 1);

    List<Detection> found = decoder(OutputLayouts.of("yolov5")).decode(outputs, 0, HALVED, DEFAULT);

    // x: (50 ± 10) × 2; y: (50 - 25 ± 5) × 2; score 0.8 × 0.9; the second has at most 0.2
    assertThat(found).containsExactly(new Detection(1, "dog", 0.8f * 0.9f, 80, 40, 120, 60));
  }

  @Test
  void readsTheRequestedImageOfTheBatch() {
    ModelOutputs outputs =
        outputs(new long[] {2, 1, 7}, 9, 9, 2, 2, 1, 1, 0, 50, 50, 20, 10, 0.8f, 0.1f, 0.9f);

    List<Detection> found = decoder(OutputLayouts.of("yolov5")).decode(outputs, 1, HALVED, DEFAULT);

    assertThat(found).extracting(Detection::label).containsExactly("dog");
  }

  @Test
  void readsYolov8ClassByClass() {
    // two candidates: rows are x, y, width, height, person, dog
    ModelOutputs outputs =
        outputs(new long[] {1, 6, 2}, 50, 20, 50, 40, 20, 10, 10, 10, 0.1f, 0.7f, 0.6f, 0.2f);

    List<Detection> found = decoder(OutputLayouts.of("yolov8")).decode(outputs, 0, HALVED, DEFAULT);

    assertThat(found)
        .containsExactly(
            new Detection(0, "person", 0.7f, 30, 20, 50, 40),
            new Detection(1, "dog", 0.6f, 80, 40, 120, 60));
  }

  /** A tensor [1, R, 16] with candidates in its first columns. */
  private static ModelOutputs columns(float[]... candidates) {
    int rows = candidates[0].length;
    float[] values = new float[rows * 16];
    for (int i = 0; i < candidates.length; i++) {
      for (int row = 0; row < rows; row++) {
        values[row * 16 + i] = candidates[i][row];
      }
    }
    return outputs(new long[] {1, rows, 16}, values);
  }

  // the input shows 100 x 50 pixels of the image of 200 x 100 pixels, 25 pixels from the top
  @Test
  void readsKeyPointsInPixelsOfTheImage() {
    ModelOutputs outputs =
        columns(
            new float[] {20, 40, 10, 10, 0.1f, 0.6f, 18, 37, 0.9f, 22, 43, 0.25f},
            new float[] {50, 50, 20, 10, 0.7f, 0.2f, 300, 10, 0.5f, -5, 99, 0});

    List<Detection> found = decoder(OutputLayouts.of("pose")).decode(outputs, 0, HALVED, DEFAULT);

    // points outside the image are clipped to it
    assertThat(found)
        .containsExactly(
            new Detection(
                0,
                "person",
                0.7f,
                80,
                40,
                120,
                60,
                new Geometry.Keypoints(List.of(List.of(200f, 0f, 0.5f), List.of(0f, 100f, 0f)))),
            new Detection(
                1,
                "dog",
                0.6f,
                30,
                20,
                50,
                40,
                new Geometry.Keypoints(
                    List.of(List.of(36f, 24f, 0.9f), List.of(44f, 36f, 0.25f)))));
    assertThat(found.get(1).geometry().json()).isEqualTo("[[36.0,24.0,0.9],[44.0,36.0,0.25]]");
  }

  @Test
  void readsKeyPointsWithoutConfidence() {
    ModelOutputs outputs = columns(new float[] {20, 40, 10, 10, 0.1f, 0.6f, 18, 37, Float.NaN, 43});

    assertThat(decoder(OutputLayouts.of("pose_xy")).decode(outputs, 0, HALVED, DEFAULT))
        .extracting(detection -> detection.geometry().json())
        .containsExactly("[[36.0,24.0],[null,36.0]]");
  }

  @Test
  void refusesValuesThatAreNotKeyPoints() {
    ModelOutputs outputs = columns(new float[] {20, 40, 10, 10, 0.1f, 0.6f, 18, 37, 22, 43});
    DetectionDecoder decoder = decoder(OutputLayouts.of("pose"));

    assertThatThrownBy(() -> decoder.decode(outputs, 0, HALVED, DEFAULT))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot read the output as pose: it has 4 values of key points for each box, which is not"
                + " a multiple of 3; the layout or the number of labels is wrong");
  }

  /** Rows of 9 boxes for two images. */
  private static float[] finalBoxes(float[] first, float[] second) {
    float[] values = new float[2 * 9 * first.length];
    System.arraycopy(first, 0, values, 9 * first.length, first.length);
    System.arraycopy(second, 0, values, 10 * first.length, first.length);
    return values;
  }

  @Test
  void readsFinalBoxesWithKeyPointsWithoutSuppression() {
    float[] first = {40, 45, 60, 55, 0.6f, 1, 50, 50, 0.9f};
    float[] second = {40, 45, 60, 55, 0.7f, 1, 45, 50, 0.8f};
    ModelOutputs outputs = outputs(new long[] {2, 9, 9}, finalBoxes(first, second));
    DetectionDecoder decoder = decoder(OutputLayouts.of("pose"));

    assertThat(decoder.decode(outputs, 0, HALVED, new Thresholds(0, 0.45, 300))).isEmpty();
    assertThat(decoder.decode(outputs, 1, HALVED, DEFAULT))
        .containsExactly(
            new Detection(1, "dog", 0.7f, 80, 40, 120, 60, keypoint(90, 50, 0.8f)),
            new Detection(1, "dog", 0.6f, 80, 40, 120, 60, keypoint(100, 50, 0.9f)));
    assertThat(decoder.boxesOnly().decode(outputs, 1, HALVED, new Thresholds(0, 0.45, 1)))
        .containsExactly(new Detection(1, "dog", 0.7f, 80, 40, 120, 60));
  }

  private static Geometry keypoint(float x, float y, float confidence) {
    return new Geometry.Keypoints(List.of(List.of(x, y, confidence)));
  }

  /**
   * The left half of the input is positive in the first prototype, the upper half in the second.
   */
  private static OutputTensor halves() {
    float[] values = new float[2 * 100];
    for (int line = 0; line < 10; line++) {
      for (int column = 0; column < 10; column++) {
        values[line * 10 + column] = column < 5 ? 1 : -1;
        values[100 + line * 10 + column] = line < 5 ? 1 : -1;
      }
    }
    return tensor("output1", new long[] {1, 2, 10, 10}, values);
  }

  @Test
  void readsTheMasksOfCandidatesAndOfFinalBoxes() {
    OutputTensor candidates =
        columns(
                new float[] {40, 50, 40, 20, 0.7f, 0.2f, 1, 0},
                new float[] {40, 50, 40, 20, 0.6f, 0.2f, 0, 1},
                new float[] {80, 50, 20, 20, 0.2f, 0.5f, 0, 1})
            .tensors()
            .get(0);
    float[] first = {20, 40, 60, 60, 0.7f, 0, 1, 0};
    float[] second = {70, 40, 90, 60, 0.5f, 1, 0, 1};
    OutputTensor rows =
        tensor(
            "output0",
            new long[] {1, 9, 8},
            Arrays.copyOfRange(finalBoxes(first, second), 9 * 8, 18 * 8));
    DetectionDecoder decoder = decoder(OutputLayouts.of("segment"));

    for (OutputTensor boxes : List.of(candidates, rows)) {
      ModelOutputs outputs = new FakeOutputs(List.of(boxes, halves()));
      assertThat(decoder.decode(outputs, 0, HALVED, DEFAULT))
          .containsExactly(
              new Detection(0, "person", 0.7f, 40, 30, 120, 70, new Geometry.Mask(100, 200, LEFT)),
              new Detection(1, "dog", 0.5f, 140, 30, 180, 70, new Geometry.Mask(100, 200, UPPER)));
      assertThat(decoder.boxesOnly().decode(outputs, 0, HALVED, DEFAULT))
          .containsExactly(
              new Detection(0, "person", 0.7f, 40, 30, 120, 70),
              new Detection(1, "dog", 0.5f, 140, 30, 180, 70));
    }
  }

  // 20 x 10 turned by 30 degrees: 20 cos + 10 sin = 22.3205 wide, 20 sin + 10 cos = 18.6603 high
  @Test
  void reportsTheHullsOfOrientedBoxes() {
    float angle = (float) Math.toRadians(30);
    float[] row = {50, 50, 20, 10, 0.7f, 1, angle};
    DetectionDecoder decoder = decoder(OutputLayouts.of("obb"));

    List<Detection> candidates =
        decoder.decode(
            columns(new float[] {50, 50, 20, 10, 0.2f, 0.7f, angle}), 0, HALVED, DEFAULT);
    List<Detection> finals =
        decoder.decode(
            outputs(new long[] {1, 9, 7}, Arrays.copyOf(row, 9 * 7)), 0, HALVED, DEFAULT);

    assertThat(candidates).hasSize(1).isEqualTo(finals);
    Detection box = finals.get(0);
    assertThat(box.label()).isEqualTo("dog");
    assertThat(box.xMin()).isCloseTo(100 - 22.3205f, within(1e-3f));
    assertThat(box.xMax()).isCloseTo(100 + 22.3205f, within(1e-3f));
    assertThat(box.yMin()).isCloseTo(50 - 18.6603f, within(1e-3f));
    assertThat(box.yMax()).isCloseTo(50 + 18.6603f, within(1e-3f));
    // of the same box, also if it is described by the other angles; from OpenCV's boxPoints
    for (int quarter = 0; quarter < 4; quarter++) {
      float turned = angle + quarter * (float) Math.PI / 2;
      float[] sides = quarter % 2 == 0 ? new float[] {20, 10} : new float[] {10, 20};
      ModelOutputs outputs = columns(new float[] {50, 50, sides[0], sides[1], 0.2f, 0.7f, turned});
      assertThat(corners(decoder.decode(outputs, 0, HALVED, DEFAULT).get(0)))
          .containsExactly(CORNERS, within(1e-3f));
    }
  }

  private static float[] corners(Detection detection) {
    List<List<Float>> points = ((Geometry.Corners) detection.geometry()).points();
    float[] values = new float[8];
    for (int i = 0; i < 8; i++) {
      values[i] = points.get(i / 2).get(i % 2);
    }
    return values;
  }

  /** The hulls of the first and the third box overlap by 0.59, the boxes themselves by 0.37. */
  @Test
  void suppressesOrientedBoxesByTheirOwnOverlap() {
    ModelOutputs outputs =
        columns(
            new float[] {50, 40, 30, 10, 0.9f, 0, 0.5f},
            new float[] {55, 42, 28, 12, 0.8f, 0, 0.7f},
            new float[] {50, 40, 30, 10, 0.7f, 0, 0.5f + (float) Math.PI / 2});
    DetectionDecoder decoder = decoder(OutputLayouts.of("obb"));

    assertThat(decoder.decode(outputs, 0, HALVED, DEFAULT))
        .extracting(Detection::score)
        .containsExactly(0.9f, 0.7f);
    assertThat(decoder.decode(outputs, 0, HALVED, new Thresholds(0.25, 0.7, 300))).hasSize(3);
    assertThat(decoder.decode(outputs, 0, HALVED, new Thresholds(0.25, 0.36, 300))).hasSize(1);
  }

  /** Expected values: {@code batch_probiou} of Ultralytics 8.4. */
  @ParameterizedTest
  @CsvSource({
    "50, 40, 30, 10, 0.5, 1",
    "55, 42, 28, 12, 0.7, 0.69486",
    "50, 40, 30, 10, 2.0707963, 0.36754",
    "90, 80, 30, 10, 0.5, 0.00008",
    "50, 40, 0, 0, 0, 0"
  })
  void comparesOrientedBoxes(
      float x, float y, float width, float height, float angle, float expected) {
    RotatedBox box = new RotatedBox(50, 40, 30, 10, 0.5f);

    assertThat(box.probabilisticIou(new RotatedBox(x, y, width, height, angle)))
        .isCloseTo(expected, within(5e-3f));
  }

  @Test
  void readsYoloxByTheCellsOfItsGrids() {
    // a square of 32: 16 cells of 8, 4 of 16, 1 of 32; the last cell of stride 16 contains a dog
    float[] values = new float[21 * 7];
    float[] dog = {0.5f, 0.25f, 0, (float) Math.log(0.5), 0.9f, 0, 1};
    System.arraycopy(dog, 0, values, 19 * 7, 7);
    ModelDescription model =
        model(OutputLayouts.of("yolox"), InputFormat.yolox(32, 32), Activation.NONE);

    List<Detection> found =
        ((DetectorLayout) model.layout())
            .decoder(model.labels(), model.input(), model.activation())
            .decode(
                outputs(new long[] {1, 21, 7}, values),
                0,
                Letterbox.of(32, 32, model.input()),
                DEFAULT);

    // column 1, line 1: centre (1.5 × 16, 1.25 × 16), 16 wide, 8 high
    Detection only = found.get(0);
    assertThat(found).hasSize(1);
    assertThat(only.label()).isEqualTo("dog");
    assertThat(only.xMin()).isCloseTo(16, within(1e-4f));
    assertThat(only.yMin()).isCloseTo(16, within(1e-4f));
    assertThat(only.xMax()).isCloseTo(32, within(1e-4f));
    assertThat(only.yMax()).isCloseTo(24, within(1e-4f));
  }

  @Test
  void readsTorchvisionByNameInAnyOrder() {
    ModelOutputs outputs =
        new FakeOutputs(
            List.of(
                tensor("scores", new long[] {2}, 0.9f, 0.1f),
                tensor("boxes", new long[] {2, 4}, 40, 45, 60, 55, 0, 0, 9, 9),
                tensor("labels", new long[] {2}, 1, 0)));

    List<Detection> found =
        decoder(OutputLayouts.of("torchvision")).decode(outputs, 0, HALVED, DEFAULT);

    assertThat(found).containsExactly(new Detection(1, "dog", 0.9f, 80, 40, 120, 60));
  }

  @Test
  void readsFinalBoxesByCornersOrCentres() {
    float[] corners = {0.375f, 0.25f, 0.625f, 0.75f, 0.9f, 1, 0, 0, 0, 0, 0, 0};
    float[] centres = {0.5f, 0.5f, 0.25f, 0.5f, 0.9f, 1, 0.5f, 0.5f, 0.2f, 0.1f, 0.1f, 0};
    Detection dog = new Detection(1, "dog", 0.9f, 75, 25, 125, 75);

    assertThat(
            decoder(OutputLayouts.of("end2end_normalized"))
                .decode(outputs(new long[] {1, 2, 6}, corners), 0, STRETCHED, DEFAULT))
        .containsExactly(dog);
    assertThat(
            decoder(OutputLayouts.of("end2end_centered"))
                .decode(outputs(new long[] {1, 2, 6}, centres), 0, STRETCHED, DEFAULT))
        .containsExactly(dog);
  }

  @Test
  void readsTheBestClassOfEachQueryOfDetr() {
    float logit = (float) Math.log(4);
    ModelOutputs outputs =
        new FakeOutputs(
            List.of(
                tensor("logits", new long[] {2, 2, 2}, 9, 9, 9, 9, -1, logit, -3, -2),
                tensor(
                    "pred_boxes",
                    new long[] {2, 2, 4},
                    new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0.5f, 0.25f, 0.2f, 0.1f, 1, 1, 1, 1})));

    List<Detection> found =
        decoder(OutputLayouts.of("detr"), Activation.SIGMOID)
            .decode(outputs, 1, STRETCHED, DEFAULT);

    // x: (50 ± 10) × 2; y: 25 ± 5; the second query has at most 0.12
    assertThat(found).containsExactly(new Detection(1, "dog", 0.8f, 80, 20, 120, 30));
  }

  @Test
  void ignoresTheClassOfNoObject() {
    // the softmax of the first query is 0.25, 0.5, 0.25, and 1/8, 1/8, 6/8 of the second
    ModelOutputs outputs =
        new FakeOutputs(
            List.of(
                tensor("", new long[] {1, 2, 4}, 0.5f, 0.5f, 0.2f, 0.2f, 0.5f, 0.5f, 0.2f, 0.2f),
                tensor(
                    "",
                    new long[] {1, 2, 3},
                    0,
                    (float) Math.log(2),
                    0,
                    0,
                    0,
                    (float) Math.log(6))));

    List<Detection> found =
        decoder(OutputLayouts.of("detr"), Activation.SOFTMAX)
            .decode(outputs, 0, STRETCHED, DEFAULT);

    assertThat(found).containsExactly(new Detection(1, "dog", 0.5f, 80, 40, 120, 60));
  }

  @Test
  void readsProbabilitiesNextToTheBoxesOfDetr() {
    float nan = Float.NaN;
    float[] values = {
      0.5f, 0.5f, 0.2f, 0.2f, 0.9f, 0.3f, //
      0.5f, 0.5f, 0.2f, 0.2f, 0.8f, 0.3f, //
      0.5f, 0.5f, 0.2f, 0.2f, nan, nan,
    };

    List<Detection> found =
        decoder(OutputLayouts.of("detr"))
            .decode(outputs(new long[] {1, 3, 6}, values), 0, STRETCHED, DEFAULT);

    // no suppression
    assertThat(found)
        .containsExactly(
            new Detection(0, "person", 0.9f, 80, 40, 120, 60),
            new Detection(0, "person", 0.8f, 80, 40, 120, 60));
  }

  @Test
  void distinguishesBoxesAndScoresOfFourClassesByName() {
    ModelOutputs outputs =
        new FakeOutputs(
            List.of(
                tensor("labels", new long[] {1, 1, 4}, 0.1f, 0.7f, 0.3f, 0.4f),
                tensor("dets", new long[] {1, 1, 4}, 0.5f, 0.5f, 0.2f, 0.2f)));

    assertThat(decoder(OutputLayouts.of("detr")).decode(outputs, 0, STRETCHED, DEFAULT))
        .containsExactly(new Detection(1, "dog", 0.7f, 80, 40, 120, 60));
  }

  @Test
  void readsTheValidBoxesOfSsd() {
    ModelOutputs outputs =
        new FakeOutputs(
            List.of(
                tensor("detection_classes:0", new long[] {2, 2}, 0, 0, 1, 0),
                tensor("num_detections:0", new long[] {2}, 2, 1),
                tensor(
                    "detection_boxes:0",
                    new long[] {2, 2, 4},
                    new float[] {0, 0, 1, 1, 0, 0, 1, 1, 0.25f, 0.375f, 0.75f, 0.625f, 0, 0, 1, 1}),
                tensor("detection_scores:0", new long[] {2, 2}, 0.9f, 0.9f, 0.9f, 0.9f)));

    List<Detection> found = decoder(OutputLayouts.of("ssd")).decode(outputs, 1, STRETCHED, DEFAULT);

    assertThat(found).containsExactly(new Detection(1, "dog", 0.9f, 75, 25, 125, 75));
  }

  @Test
  void readsTheValidBoxesOfEfficientNms() {
    ModelOutputs outputs =
        new FakeOutputs(
            List.of(
                tensor("num_dets", new long[] {1, 1}, 2),
                tensor(
                    "det_boxes", new long[] {1, 3, 4}, 40, 45, 60, 55, 0, 0, 9, 9, 40, 45, 60, 55),
                tensor("det_scores", new long[] {1, 3}, 0.9f, 0.2f, 0.9f),
                tensor("det_classes", new long[] {1, 3}, 1, 1, 0)));

    List<Detection> found =
        decoder(OutputLayouts.of("efficient_nms")).decode(outputs, 0, HALVED, DEFAULT);

    assertThat(found).containsExactly(new Detection(1, "dog", 0.9f, 80, 40, 120, 60));
  }

  @Test
  void dropsTheWeakerOfTwoBoxesOfOneClassOnly() {
    // 20 x 20 boxes shifted by 5: intersection 15 × 20 = 300, union 500, overlap 0.6
    float[] values = {
      50, 50, 20, 20, 1, 0.7f, 0, //
      55, 50, 20, 20, 1, 0.9f, 0, //
      55, 50, 20, 20, 1, 0, 0.8f,
    };
    ModelOutputs outputs = outputs(new long[] {1, 3, 7}, values);
    DetectionDecoder decoder = decoder(OutputLayouts.of("yolov5"));

    assertThat(decoder.decode(outputs, 0, HALVED, DEFAULT))
        .extracting(Detection::score)
        .containsExactly(0.9f, 0.8f);
    assertThat(decoder.decode(outputs, 0, HALVED, new Thresholds(0.25, 0.65, 300)))
        .extracting(Detection::score)
        .containsExactly(0.9f, 0.8f, 0.7f);
    assertThat(decoder.decode(outputs, 0, HALVED, new Thresholds(0.25, 0.65, 2)))
        .extracting(Detection::score)
        .containsExactly(0.9f, 0.8f);
  }

  @Test
  void ignoresBoxesInThePaddingAndScoresThatAreNaN() {
    float nan = Float.NaN;
    ModelOutputs outputs =
        outputs(new long[] {1, 2, 7}, 50, 10, 20, 10, 1, 1, 0, 50, 50, 20, 20, nan, nan, nan);

    assertThat(decoder(OutputLayouts.of("yolov5")).decode(outputs, 0, HALVED, DEFAULT)).isEmpty();
  }

  @Test
  void clipsBoxesToTheImage() {
    ModelOutputs outputs = outputs(new long[] {1, 1, 7}, 0, 50, 40, 400, 1, 1, 0);

    assertThat(decoder(OutputLayouts.of("yolov5")).decode(outputs, 0, HALVED, DEFAULT))
        .containsExactly(new Detection(0, "person", 1, 0, 0, 40, 100));
  }

  @Test
  void convertsLogitsToProbabilitiesAndReturnsTheMostProbable() {
    ModelDescription model =
        model(OutputLayouts.of("classification"), InputFormat.rgb(8, 8), Activation.SOFTMAX);
    ModelOutputs outputs = outputs(new long[] {2, 2}, 5, 5, 1000, 1000 + (float) Math.log(3));

    List<ClassScore> scores =
        ((ClassificationLayout) model.layout())
            .decoder(model.labels(), model.activation())
            .decode(outputs, 1, 5);

    assertThat(scores).extracting(ClassScore::label).containsExactly("dog", "person");
    assertThat(scores.get(0).score()).isCloseTo(0.75f, within(1e-4f));
    assertThat(scores.get(1).score()).isCloseTo(0.25f, within(1e-4f));
  }

  private static DetectionDecoder decoder(OutputLayout layout) {
    return decoder(layout, Activation.NONE);
  }

  private static DetectionDecoder decoder(OutputLayout layout, Activation activation) {
    return ((DetectorLayout) layout)
        .decoder(List.of("person", "dog"), InputFormat.rgb(100, 100), activation);
  }

  private static ModelDescription model(
      OutputLayout layout, InputFormat input, Activation activation) {
    ModelFile file = new ModelFile(Engine.ONNX, URI.create("file:/test.onnx"), "0".repeat(64));
    return new ModelDescription(
        "test", layout, input, List.of("person", "dog"), List.of(file), activation, List.of());
  }

  private static ModelOutputs outputs(long[] shape, float... values) {
    return new FakeOutputs(List.of(tensor("output", shape, values)));
  }

  private static OutputTensor tensor(String name, long[] shape, float... values) {
    return new OutputTensor(name, Arrays.stream(shape).boxed().toList(), FloatBuffer.wrap(values));
  }

  private record FakeOutputs(List<OutputTensor> tensors) implements ModelOutputs {
    @Override
    public void close() {}
  }
}
