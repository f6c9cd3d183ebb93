package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.layout.OutputLayouts;

class IsolatedProbeIT {
  private static final Map<String, String> OPTIONS =
      Map.of("labels", TestModels.LABELS, "input_size", "64", "normalization", "none");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"yolov5.onnx", "half.onnx", "half.torchscript", "yolov5.torchscript"})
  void givesTheSameResultAsAProbeInThisProcess(String file) {
    Map<Engine, Path> files = TestModels.files(file);

    Map<String, String> options = new HashMap<>(OPTIONS);
    options.putAll(TestModels.options(file));

    assertThat(IsolatedProbe.probe("m", files, options))
        .isEqualTo(ModelProbe.probe("m", files, options));
  }

  @Test
  void refusesWithTheSameMessage() {
    assertThatThrownBy(() -> IsolatedProbe.probe("m", TestModels.files("grey.onnx"), Map.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot use model m (onnx): its input is [-1, 1, 8, 8], but images have 3 channels");
  }

  @Test
  void showsNoEscapeSequencesOfAFile() throws IOException {
    OnnxFiles.Message graph =
        new OnnxFiles.Message()
            .message(1, OnnxFiles.node("", "Identity", "a\u001b[31m\nb", "y"))
            .text(2, "red")
            .message(11, OnnxFiles.tensorInfo("x", 1, 1, 3, 8, 8))
            .message(12, OnnxFiles.tensorInfo("y", 1, 1, 3, 8, 8));
    Path file = OnnxFiles.write(folder.resolve("m.onnx"), OnnxFiles.model(graph));

    assertThatThrownBy(() -> IsolatedProbe.probe("m", Map.of(Engine.ONNX, file), Map.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("[31m b")
        .message()
        .doesNotContain("\u001b", "\n");
  }

  @Test
  void stopsAnEndlessLoop() throws IOException {
    Path file = torch("while True:", "  x = torch.add(x, 1)", "return x");

    assertThatThrownBy(() -> probe(file, new ProbeLimits(Duration.ofSeconds(5), 4L << 30)))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot use model m: its test did not end within 5 s (-Dseeql.probe.seconds=N allows"
                + " more time)");
  }

  @Test
  void limitsMemory() throws IOException {
    Path file =
        torch(
            "y = torch.add(torch.empty([3, 134217728]), 1)",
            "return torch.add(torch.mean(x, [2, 3]), torch.mean(y))");

    assertThatThrownBy(() -> probe(file, new ProbeLimits(Duration.ofSeconds(120), 2L << 30)))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("can't allocate memory")
        .hasMessageEndingWith(
            "; its test may use 2.0 GiB of memory (-Dseeql.probe.mebibytes=N allows more memory)");
  }

  @Test
  void survivesACrash() throws IOException {
    Path file = torch("y = torch.as_strided(x, [1, 3], [1, 1], 0)", "return self.forward(x)");

    assertThatThrownBy(() -> probe(file, ProbeLimits.of(0))).isInstanceOf(InferenceException.class);
  }

  @Test
  void keepsPrintsOfAModelOffStandardOutput() throws IOException {
    Path file = torch("print(\"hello from the model\")", "return torch.mean(x, [2, 3])");

    ModelDescription model = probe(file, ProbeLimits.of(0));

    assertThat(model.layout()).isEqualTo(OutputLayouts.of("tagging"));
  }

  private Path torch(String... lines) throws IOException {
    return TorchArchives.withForward(folder.resolve("m.torchscript"), lines);
  }

  private static ModelDescription probe(Path file, ProbeLimits limits) {
    return IsolatedProbe.probe(
        ProbeRequest.of("m", Map.of(Engine.TORCHSCRIPT, file.toString()), OPTIONS), limits);
  }
}
