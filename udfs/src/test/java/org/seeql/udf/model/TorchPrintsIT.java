package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchPrintsIT {
  @TempDir Path folder;

  @Test
  void keepsPrintsOfAModelOffStandardOutput() throws IOException, InterruptedException {
    Path model =
        TorchArchives.withForward(
            folder.resolve("m.torchscript"),
            "print(\"hello from the model\")",
            "return torch.mean(x, [2, 3])");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Probe.class.getName(),
                model.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).isZero();
    assertThat(printed).isEqualToIgnoringNewLines("tagging");
  }

  static final class Probe {
    public static void main(String[] arguments) {
      ModelDescription model =
          ModelProbe.probe(
              "m",
              Map.of(Engine.TORCHSCRIPT, Path.of(arguments[0])),
              Map.of("labels", TestModels.LABELS, "input_size", "64", "normalization", "none"));
      System.out.println(model.layout());
    }
  }
}
