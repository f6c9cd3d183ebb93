package org.seeql.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;

class ForeignModelFormatTest {
  @ParameterizedTest
  @CsvSource({
    "/models/net.safetensors, SAFETENSORS",
    "/models/frozen.PB, TENSORFLOW",
    "/models/saved_model/, TENSORFLOW",
    "/models/net.keras, KERAS",
    "/models/net.h5, KERAS",
    "/models/net.tflite, TFLITE",
    "/models/pytorch_model.bin, CHECKPOINT",
    "/models/net.engine, TENSORRT",
    "/models/net.mlpackage, CORE_ML"
  })
  void recognizesAFormatByItsName(String path, ForeignModelFormat format) {
    assertThat(ForeignModelFormat.find(path)).contains(format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/models/net.onnx", "/models/net", "/models/notpb", "", "/h5/net"})
  void recognizesNothingElse(String path) {
    assertThat(ForeignModelFormat.find(path)).isEmpty();
  }

  @Test
  void namesTheConversion() {
    assertThatThrownBy(() -> ModelLocation.engine(URI.create("file:///m/net.tflite"), Map.of()))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot use the model file:///m/net.tflite: it is a TensorFlow Lite model; convert it to"
                + " ONNX with: python -m tf2onnx.convert --tflite FILE --output model.onnx");
  }

  @Test
  void believesTheOption() {
    assertThat(ModelLocation.engine(URI.create("file:///m/net.bin"), Map.of("engine", "onnx")))
        .isEqualTo(Engine.ONNX);
  }
}
