package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
  private static final String SHA256 = "0".repeat(64);

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../x", "a/../../x", "a//b", "./x", "a\\b", "c:x"})
  void weightsAreBelowTheFolderOfTheModel(String location) {
    assertThatThrownBy(() -> new ModelFile.Weights(location, SHA256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid location of weights: '%s' is not below the folder of the model"
                .formatted(location));
  }

  @Test
  void weightsMayBeInSubfolders() {
    assertThat(new ModelFile.Weights("sub/m.onnx..data", SHA256).location())
        .isEqualTo("sub/m.onnx..data");
  }
}
