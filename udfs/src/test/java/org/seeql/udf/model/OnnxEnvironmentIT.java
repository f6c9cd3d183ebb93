package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OnnxEnvironmentIT {
  private static final int LONG_STATEMENT = 100_000;

  @Test
  void survivesACommandLineAsLongAsAClassPathOrAStatement()
      throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PrintVersion.class.getName(),
                "x".repeat(LONG_STATEMENT))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();

    String printed = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(java.waitFor()).isZero();
    assertThat(printed.trim()).isEqualTo(OrtEnvironment.getEnvironment().getVersion());
  }

  static final class PrintVersion {
    public static void main(String[] args) {
      System.out.println(OnnxEnvironment.load().getVersion());
    }
  }
}
