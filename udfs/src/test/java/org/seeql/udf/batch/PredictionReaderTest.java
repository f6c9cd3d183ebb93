package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.ModelOutputs;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.layout.OutputTensor;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

class PredictionReaderTest {
  private static final InputFormat INPUT = InputFormat.rgb(100, 100);
  private static final Letterbox LETTERBOX = Letterbox.of(100, 100, INPUT);
  private static final float NAN = Float.NaN;

  @ParameterizedTest
  @CsvSource({"classification", "tagging", "embedding"})
  void refusesOnlyTheImageWithNaN(String layout) throws Exception {
    ModelOutputs outputs = outputs(new long[] {3, 2}, 0.1f, 0.9f, 0.9f, NAN, 0.9f, 0.1f);

    assertThat(read(layout, outputs, 0)).isNotNull();
    assertThat(read(layout, outputs, 2)).isNotNull();
    assertThatThrownBy(() -> read(layout, outputs, 1))
        .isInstanceOf(UnusableOutputException.class)
        .hasMessage("The model returned NaN (not a number)");
  }

  @Test
  void refusesAnInfiniteVector() {
    ModelOutputs outputs = outputs(new long[] {1, 2}, 1, Float.NEGATIVE_INFINITY);

    assertThatThrownBy(() -> read("embedding", outputs, 0))
        .isInstanceOf(UnusableOutputException.class)
        .hasMessage("The model returned a vector with an infinite value");
  }

  @Test
  void refusesNoDetectionsBecauseOfNaN() throws Exception {
    ModelOutputs outputs =
        outputs(new long[] {2, 1, 7}, 50, 50, 20, 20, NAN, NAN, NAN, 50, 50, 20, 20, 0, 0, 0);

    assertThatThrownBy(() -> read("yolov5", outputs, 0))
        .isInstanceOf(UnusableOutputException.class)
        .hasMessage("The model returned NaN (not a number)");
    assertThat(read("yolov5", outputs, 1))
        .isEqualTo(new Prediction.Detections(100, 100, List.of()));
  }

  @Test
  void checksTheWholeOfATensorWhoseFirstAxisIsShorterThanTheBatch() {
    OutputTensor other = tensor(new long[] {1, 2}, 0, NAN);
    OutputTensor scores = tensor(new long[] {2, 1, 7}, new float[14]);
    ModelOutputs outputs = new FakeOutputs(List.of(scores, other));

    assertThat(outputs.hasNaN(1)).isTrue();
    assertThat(new FakeOutputs(List.of(scores)).hasNaN(1)).isFalse();
    assertThat(new FakeOutputs(List.of(tensor(new long[] {0, 7}))).hasNaN(0)).isFalse();
  }

  private static Prediction read(String layout, ModelOutputs outputs, int image) throws Exception {
    ModelFile file = new ModelFile(Engine.ONNX, URI.create("file:/test.onnx"), "0".repeat(64));
    List<String> labels = layout.equals("embedding") ? List.of() : List.of("person", "dog");
    ModelDescription model =
        new ModelDescription(
            "test",
            OutputLayouts.of(layout),
            INPUT,
            labels,
            List.of(file),
            Activation.NONE,
            List.of());
    return PredictionReader.of(model, PipelineOptions.DEFAULT).read(outputs, image, LETTERBOX, 0);
  }

  private static ModelOutputs outputs(long[] shape, float... values) {
    return new FakeOutputs(List.of(tensor(shape, values)));
  }

  private static OutputTensor tensor(long[] shape, float... values) {
    return new OutputTensor(
        "output", Arrays.stream(shape).boxed().toList(), FloatBuffer.wrap(values));
  }

  private record FakeOutputs(List<OutputTensor> tensors) implements ModelOutputs {
    @Override
    public void close() {
      // nothing to free
    }
  }
}
