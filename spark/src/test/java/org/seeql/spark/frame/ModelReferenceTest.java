package org.seeql.spark.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aRegisteredModelHasAName(String name) {
    assertThatThrownBy(() -> ModelReference.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name is blank");
  }

  @Test
  void aModelInFilesHasAFile() {
    assertThatThrownBy(() -> new ModelReference.Files(List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uris is empty");
  }

  @Test
  void laterChangesOfTheCallersCollectionsHaveNoEffect() {
    List<String> uris = new ArrayList<>(List.of("m.onnx"));
    Map<String, String> options = new HashMap<>(Map.of("layout", "yolov8"));
    ModelReference.Files files = new ModelReference.Files(uris, options);

    uris.add("m.torchscript");
    options.put("layout", "yolov5");

    assertThat(files.uris()).containsExactly("m.onnx");
    assertThat(files.options()).containsExactly(Map.entry("layout", "yolov8"));
  }

  @Test
  void thePeoplesNameOfAModelInAFileIsItsLocation() {
    assertThat(ModelReference.file("s3a://models/scout.onnx").text())
        .isEqualTo("s3a://models/scout.onnx");
    assertThat(ModelReference.named("scout").text()).isEqualTo("scout");
  }
}
