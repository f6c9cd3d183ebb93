package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/**
 * Compares models of the demo with detections that ONNX Runtime and OpenCV computed in Python, with
 * {@code make_demo_detections.py}.
 */
class DemoWeightsIT {
  private static final Path DEMO = Path.of("..", "demo");

  @ParameterizedTest
  @CsvSource({
    "sentinel, yolov8, 416, ONNX, 1",
    "sentinel, yolov8, 416, TORCHSCRIPT, 4",
    "ranger, yolov5, 256, ONNX, 4",
    "ranger, yolov5, 256, TORCHSCRIPT, 1"
  })
  void findsTheSameObjectsAsPython(
      String name, String layout, String inputSize, Engine engine, int batchSize)
      throws IOException {
    Path models = DEMO.resolve("models");
    String ending = engine == Engine.ONNX ? ".onnx" : ".torchscript";
    Map<Engine, Path> files = Map.of(engine, models.resolve(name + ending));
    String labels = models.resolve(name + ".labels.txt").toString();

    ModelDescription model =
        ModelProbe.probe(
            name, files, Map.of("layout", layout, "input_size", inputSize, "labels", labels));

    assertThat(model.layout()).isEqualTo(OutputLayouts.of(layout));
    assertThat(model.labels()).hasSize(12);
    List<JsonNode> reference = reference(name);
    List<FileImage> images = new ArrayList<>();
    for (JsonNode image : reference) {
      Path file = DEMO.resolve("images/show").resolve(image.get("file").asText());
      images.add(new FileImage(images.size(), file));
    }
    Agreement agreement = new Agreement();
    try (InferencePipeline pipeline =
            InferencePipeline.over(ModelLoader.load(model, files, Device.CPU, 1), 2);
        var results =
            pipeline.run(
                images.iterator(),
                PipelineOptions.DEFAULT.withBatchSize(BatchSize.atMost(batchSize)))) {
      for (JsonNode image : reference) {
        Prediction.Detections seen = (Prediction.Detections) results.next().prediction();
        assertThat(seen.width()).isEqualTo(image.get("width").asInt());
        assertThat(seen.height()).isEqualTo(image.get("height").asInt());
        agreement.add(image.get("detections"), seen.detections());
      }
    }
    agreement.assertIsHigh();
  }

  private static List<JsonNode> reference(String model) throws IOException {
    List<JsonNode> images = new ArrayList<>();
    try (InputStream file = DemoWeightsIT.class.getResourceAsStream("demo_detections.json")) {
      for (JsonNode of : new ObjectMapper().readTree(file).get("models")) {
        if (of.get("model").asText().equals(model)) {
          of.get("images").forEach(images::add);
        }
      }
    }
    assertThat(images).hasSize(20);
    return images;
  }
}
