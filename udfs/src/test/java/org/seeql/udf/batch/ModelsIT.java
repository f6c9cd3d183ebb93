package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.detect.Detection;
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

  private static int brightness(int row) {
    return 255 - 7 * row;
  }

  private static List<Prediction> predict(String file, int batch, int images) throws IOException {
    Map<String, String> options = new HashMap<>();
    String labels =
        file.startsWith("torchvision") || file.startsWith("ssd")
            ? TestModels.LABELS_AND_BACKGROUND
            : TestModels.LABELS;
    options.put("labels", labels);
    options.putAll(TestModels.options(file));
    if (file.endsWith(".torchscript")) {
      options.put("input_size", "64");
    }
    ModelDescription model = ModelProbe.probe("m", TestModels.files(file), options);
    List<Solid> sources =
        IntStream.range(0, images)
            .mapToObj(i -> new Solid(i, brightness(i) << 16 - 8 * (i % 3)))
            .toList();
    List<Prediction> predictions = new ArrayList<>();
    try (InferencePipeline pipeline =
            InferencePipeline.ofExactBatches(
                ModelLoader.load(model, TestModels.files(file), Device.CPU, 1), 2, batch);
        var results = pipeline.run(sources.iterator(), PipelineOptions.DEFAULT)) {
      results.forEachRemaining(result -> predictions.add(result.prediction()));
    }
    assertThat(predictions).hasSize(images);
    return predictions;
  }

  /** 128 x 128 pixels of one colour. */
  private record Solid(long row, int rgb) implements ImageSource {
    @Override
    public ImageFile open() throws IOException {
      BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < 128; y++) {
        for (int x = 0; x < 128; x++) {
          image.setRGB(x, y, rgb);
        }
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      return ImageFile.of(png.toByteArray());
    }
  }
}
