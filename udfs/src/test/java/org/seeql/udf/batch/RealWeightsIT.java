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
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Device;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelLoader;
import org.seeql.udf.model.ModelProbe;

/**
 * Compares YOLOv5n's official weights with detections that PyTorch computed in Python. It is
 * skipped without the weights, which are not in the repository. {@link DemoWeightsIT} makes the
 * same comparison with models of the demo.
 */
class RealWeightsIT {
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
            pipeline.run(
                images.iterator(),
                PipelineOptions.DEFAULT.withBatchSize(BatchSize.atMost(batchSize)))) {
      for (JsonNode image : reference) {
        Prediction.Detections seen = (Prediction.Detections) results.next().prediction();
        assertThat(seen.width()).isEqualTo(image.get("width").asInt());
        agreement.add(image.get("detections"), seen.detections());
      }
    }
    System.out.println(engine + ": " + agreement);
    agreement.assertIsHigh();
  }
}
