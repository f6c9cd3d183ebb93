package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;
import org.seeql.udf.model.TestModels;

/** Real engines with models whose output is known: the mean of each channel, and one box. */
class ModelsIT {
  private static final List<String> COLORS = List.of("red", "green", "blue");
  private static final float TOLERANCE = 2e-3f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yolov5.onnx",
        "yolov5.torchscript",
        "yolov5_batch4.onnx",
        "yolov8.onnx",
        "yolox.onnx",
        "segment.onnx",
        "segment_final.onnx",
        "pose.onnx",
        "pose_final.onnx",
        "obb.onnx",
        "obb_final.onnx",
        "first_image.onnx",
        "torchvision.onnx",
        "torchvision.torchscript",
        "detr_sigmoid.onnx",
        "detr_softmax.onnx",
        "detr_single.onnx",
        "detr_final.onnx",
        "end2end_centered.onnx",
        "ssd.onnx",
        "efficient_nms.onnx"
      })
  void detectsTheBoxInItsColor(String file) throws IOException {
    for (int batch : new int[] {1, 3, 8}) {
      List<Prediction> predictions = predict(file, batch, 13);

      for (int i = 0; i < predictions.size(); i++) {
        Prediction.Detections seen = (Prediction.Detections) predictions.get(i);
        // the image is twice as large as the input
        Detection box = seen.detections().get(0);
        assertThat(seen.detections()).hasSize(1);
        assertThat(List.of(box.xMin(), box.yMin(), box.xMax(), box.yMax()))
            .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-3 ? 0 : Float.compare(a, b))
            .containsExactly(40f, 32f, 72f, 48f);
        assertThat(box.label()).isEqualTo(COLORS.get(i % 3));
        assertThat(box.score()).isCloseTo(brightness(i) / 255f, within(TOLERANCE));
      }
    }
  }

  /**
   * A model that multiplies its boxes by the size of the image, twice as wide as high. Expected
   * values: those of the box in pixels of the input, by hand.
   */
  @Test
  void locatesBoxesOfAModelThatTakesTheSizeOfTheImage() throws IOException {
    for (Prediction prediction :
        predict("detr_final_wide.onnx", 2, portraits(3), PipelineOptions.DEFAULT)) {
      assertThat(((Prediction.Detections) prediction).detections())
          .extracting(
              Detection::label, Detection::xMin, Detection::yMin, Detection::xMax, Detection::yMax)
          // 96 x 128 pixels are stretched to 128 x 64
          .containsExactly(tuple("red", 15f, 32f, 27f, 48f));
    }
  }

  /** Expected values: by hand, OpenCV's boxPoints, and {@code make_masks.py}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "points.onnx|[[32,36,0.9],[44,44,0.2]]|[[64,72,0.8],[96,80,0.5]]",
        "positions.onnx|[[32,36],[44,44],[36,40]]|[[64,72],[96,80],[72,76]]",
        "corners.onnx|[[49.8564,58.9282],[57.8564,45.0718],[30.1436,29.0718],[22.1436,42.9282]]"
            + "|[[75.8251,92.8596],[79.9926,69.2242],[68.1749,67.1404],[64.0074,90.7758]]",
      })
  void locatesPointsInTheImage(String file, String first, String second) throws IOException {
    for (Prediction prediction : predict(file, 2, portraits(3), PipelineOptions.DEFAULT)) {
      assertThat(((Prediction.Detections) prediction).detections())
          .extracting(detection -> numbers(detection.geometry().json()))
          .usingElementComparator((a, b) -> Arrays.compare(a, b, ModelsIT::compareCoordinates))
          .containsExactly(numbers(first), numbers(second));
    }
  }

  private static int compareCoordinates(Double a, Double b) {
    return Math.abs(a - b) < 1e-3 ? 0 : Double.compare(a, b);
  }

  private static Double[] numbers(String json) {
    return Arrays.stream(json.replaceAll("[\\[\\]]", "").split(","))
        .map(Double::valueOf)
        .toArray(Double[]::new);
  }

  /** Expected values: the steps of {@code make_masks.py}. */
  @Test
  void masksObjects() throws IOException {
    String first = "ZQ3<b32N2O1O1O1O1" + "0".repeat(50) + "nn4";
    String second = "Tj7h0X3" + "0".repeat(41) + "l]1";

    for (Prediction prediction : predict("masks.onnx", 2, portraits(3), PipelineOptions.DEFAULT)) {
      assertThat(((Prediction.Detections) prediction).detections())
          .extracting(Detection::geometry)
          .containsExactly(new Geometry.Mask(128, 96, first), new Geometry.Mask(128, 96, second));
    }
  }

  @Test
  void leavesOutMasksThatNobodyReads() throws IOException {
    List<Prediction> boxes =
        predict("masks.onnx", 2, portraits(1), PipelineOptions.DEFAULT.withBoxesOnly());

    assertThat(((Prediction.Detections) boxes.get(0)).detections())
        .extracting(Detection::xMin, Detection::yMax, Detection::geometry)
        .containsExactly(tuple(24f, 54f, Geometry.NONE), tuple(60f, 92f, Geometry.NONE));
  }

  /** Red images with half the resolution in the input, and 8 pixels of padding on both sides. */
  private static List<Solid> portraits(int images) {
    return IntStream.range(0, images).mapToObj(i -> new Solid(i, 0xff0000, 96)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logits.onnx",
        "probabilities.onnx",
        "bytes.onnx",
        "half.onnx",
        "half.torchscript"
      })
  void classifiesByColor(String file) throws IOException {
    List<Prediction> predictions = predict(file, 4, 9);

    for (int i = 0; i < predictions.size(); i++) {
      Prediction.Classification seen = (Prediction.Classification) predictions.get(i);
      double likeliest = Math.exp(10 * brightness(i) / 255.0);
      assertThat(seen.scores()).hasSize(3);
      assertThat(seen.scores().get(0).label()).isEqualTo(COLORS.get(i % 3));
      assertThat((double) seen.scores().get(0).score())
          .isCloseTo(likeliest / (likeliest + 2), within(5e-3));
    }
  }

  /** Expected values: the logistic function of the formula in {@code make_models.py}. */
  @ParameterizedTest
  @ValueSource(strings = {"tag_logits.onnx", "tag_scores.onnx", "tag_named.onnx"})
  void tagsEveryColor(String file) throws IOException {
    // yellow of a brightness, without blue
    List<Solid> sources =
        IntStream.range(0, 9)
            .mapToObj(i -> new Solid(i, brightness(i) << 16 | brightness(i + 3) << 8, 128))
            .toList();

    List<Prediction> predictions = predict(file, 4, sources, PipelineOptions.DEFAULT);

    for (int i = 0; i < predictions.size(); i++) {
      Prediction.Tags seen = (Prediction.Tags) predictions.get(i);
      assertThat(seen.width()).isEqualTo(128);
      assertThat(seen.scores()).extracting(ClassScore::label).containsExactly("red", "green");
      assertThat((double) seen.scores().get(0).score())
          .isCloseTo(logistic(8 * brightness(i) / 255.0 - 4), within(1e-5));
      assertThat((double) seen.scores().get(1).score())
          .isCloseTo(logistic(8 * brightness(i + 3) / 255.0 - 4), within(1e-5));
    }
  }

  private static double logistic(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  /** Expected values: of ONNX Runtime in Python for a red of 255 and a green of 200. */
  @ParameterizedTest
  @CsvSource({
    "vector.onnx, false, 1, -2.1372435, 3",
    "vector_unnamed.onnx, false, 1, -2.1372435, 3",
    "vector_unit.onnx, false, 0.26200095, -0.55995983, 0.78600281",
    "vector.onnx, true, 0.26200095, -0.55995983, 0.78600281",
  })
  void computesVectors(String file, boolean unit, float x, float y, float z) throws IOException {
    List<Solid> sources =
        IntStream.range(0, 5).mapToObj(i -> new Solid(i, 255 << 16 | 200 << 8, 128)).toList();
    PipelineOptions options =
        unit ? PipelineOptions.DEFAULT.withUnitVectors() : PipelineOptions.DEFAULT;

    for (Prediction prediction : predict(file, 2, sources, options)) {
      assertThat(((Prediction.Embedding) prediction).vector())
          .containsExactly(new float[] {x, y, z}, within(1e-5f));
    }
  }

  private static int brightness(int row) {
    return 255 - 7 * row;
  }

  private static List<Prediction> predict(String file, int batch, int images) throws IOException {
    List<Solid> sources =
        IntStream.range(0, images)
            .mapToObj(i -> new Solid(i, brightness(i) << 16 - 8 * (i % 3), 128))
            .toList();
    return predict(file, batch, sources, PipelineOptions.DEFAULT);
  }

  private static List<Prediction> predict(
      String file, int batch, List<Solid> sources, PipelineOptions settings) throws IOException {
    Map<String, String> options = new HashMap<>();
    String labels =
        file.startsWith("torchvision") || file.startsWith("ssd")
            ? TestModels.LABELS_AND_BACKGROUND
            : TestModels.LABELS;
    if (!file.startsWith("vector")) {
      options.put("labels", labels);
    }
    options.putAll(TestModels.options(file));
    if (file.endsWith(".torchscript")) {
      options.put("input_size", "64");
    }
    ModelDescription model = ModelProbe.probe("m", TestModels.files(file), options);
    List<Prediction> predictions = new ArrayList<>();
    try (InferencePipeline pipeline =
            InferencePipeline.ofExactBatches(
                ModelLoader.load(model, TestModels.files(file), Device.CPU, 1), 2, batch);
        var results = pipeline.run(sources.iterator(), settings)) {
      results.forEachRemaining(result -> predictions.add(result.prediction()));
    }
    assertThat(predictions).hasSameSizeAs(sources);
    return predictions;
  }

  /** Pixels of one colour, 128 high. */
  private record Solid(long row, int rgb, int width) implements ImageSource {
    @Override
    public ImageFile open() throws IOException {
      BufferedImage image = new BufferedImage(width, 128, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 128; y++) {
        for (int x = 0; x < width; x++) {
          image.setRGB(x, y, rgb);
        }
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return ImageFile.of(png.toByteArray());
    }
  }
}
