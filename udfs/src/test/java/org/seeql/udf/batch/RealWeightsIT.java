package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/** Compares YOLOv5n's official weights with detections that PyTorch computed in Python. */
class RealWeightsIT {
  private static final double CONFIDENT = 0.35;

  private Path real;

  @BeforeEach
  void findFolder() {
    assumeTrue(
        RealFolder.find().isPresent(), "no shared/real next to the checkout, and no -Dseeql.real");
    real = RealFolder.find().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"ONNX, yolov5n_640_dyn.onnx, 1", "TORCHSCRIPT, yolov5n_640.torchscript, 4"})
  void findsTheSameObjectsAsPyTorch(Engine engine, String file, int batchSize) throws IOException {
    Map<Engine, Path> files = Map.of(engine, real.resolve(file));

    ModelDescription model =
        ModelProbe.probe("yolov5n", files, Map.of("labels", "coco80", "input_size", "640"));

    assertThat(model.layout()).isEqualTo(OutputLayouts.of("yolov5"));
    assertThat(model.labels()).hasSize(80);
    assertThat(model.input().fixedBatch()).isEmpty();
    JsonNode reference =
        new ObjectMapper().readTree(real.resolve("reference.json").toFile()).at("/models/0/images");
    List<FileImage> images = new ArrayList<>();
    reference.forEach(
        image ->
            images.add(new FileImage(images.size(), real.resolve(image.get("file").asText()))));
    Agreement agreement = new Agreement();
    try (InferencePipeline pipeline =
            InferencePipeline.over(ModelLoader.load(model, files, Device.CPU, 1), 2);
        var results =
            pipeline.run(images.iterator(), PipelineOptions.DEFAULT.withBatchSize(batchSize))) {
      for (JsonNode image : reference) {
        Prediction.Detections seen = (Prediction.Detections) results.next().prediction();
        assertThat(seen.width()).isEqualTo(image.get("width").asInt());
        agreement.add(image.get("detections"), seen.detections());
      }
    }
    System.out.println(engine + ": " + agreement);
    assertThat(agreement.recall()).isGreaterThanOrEqualTo(0.97);
    assertThat(agreement.precision()).isGreaterThanOrEqualTo(0.97);
    assertThat(agreement.meanIou()).isGreaterThanOrEqualTo(0.95);
    assertThat(agreement.meanScoreDifference()).isLessThanOrEqualTo(0.02);
  }

  /** Compares detections with a reference, matched by label and best overlap. */
  private static final class Agreement {
    private int expected;
    private int found;
    private int seen;
    private int right;
    private double iou;
    private double scoreDifference;

    void add(JsonNode reference, List<Detection> detections) {
      for (JsonNode box : reference) {
        if (box.get("score").asDouble() >= CONFIDENT) {
          expected++;
          found += match(box, detections) ? 1 : 0;
        }
      }
      for (Detection detection : detections) {
        if (detection.score() >= CONFIDENT) {
          seen++;
          for (JsonNode box : reference) {
            if (overlap(box, detection) >= 0.5) {
              right++;
              break;
            }
          }
        }
      }
    }

    private boolean match(JsonNode box, List<Detection> detections) {
      Detection best = null;
      for (Detection d : detections) {
        if (overlap(box, d) >= 0.5 && (best == null || overlap(box, d) > overlap(box, best))) {
          best = d;
        }
      }
      if (best != null) {
        iou += overlap(box, best);
        scoreDifference += Math.abs(best.score() - box.get("score").asDouble());
      }
      return best != null;
    }

    private static double overlap(JsonNode box, Detection d) {
      if (!box.get("label").asText().equals(d.label())) {
        return 0;
      }
      double xMin = box.get("x_min").asDouble();
      double yMin = box.get("y_min").asDouble();
      double xMax = box.get("x_max").asDouble();
      double yMax = box.get("y_max").asDouble();
      double width = Math.min(xMax, d.xMax()) - Math.max(xMin, d.xMin());
      double height = Math.min(yMax, d.yMax()) - Math.max(yMin, d.yMin());
      double both = Math.max(0, width) * Math.max(0, height);
      double area = (d.xMax() - d.xMin()) * (d.yMax() - d.yMin());
      return both / ((xMax - xMin) * (yMax - yMin) + area - both);
    }

    double recall() {
      return found / (double) expected;
    }

    double precision() {
      return right / (double) seen;
    }

    double meanIou() {
      return iou / found;
    }

    double meanScoreDifference() {
      return scoreDifference / found;
    }

    @Override
    public String toString() {
      return "%d of %d found, %d of %d right, mean IoU %.4f, mean score difference %.4f"
          .formatted(found, expected, right, seen, meanIou(), meanScoreDifference());
    }
  }
}
