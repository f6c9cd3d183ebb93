package org.seeql.udf.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.udf.InferenceException;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.IsolatedProbe;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.TensorProbe;
import org.seeql.udf.model.TestModels;

class BackboneIT {
  private static final Map<String, String> PLAIN = Map.of("normalization", "none");
  private static final LinearHead HEAD =
      new LinearHead(
          LinearHead.Kind.SOFTMAX,
          new float[][] {{0.5f, -1, 2}, {1, 0.25f, -0.5f}},
          new float[] {0.1f, -0.2f});

  @TempDir private Path folder;

  private static ModelDescription describe(String file, Map<String, String> options) {
    return IsolatedProbe.probe(file, TestModels.files(file), options);
  }

  private static Path file(String name) {
    return TestModels.files(name).get(Engine.ONNX);
  }

  private static Backbone tagger(Path file) throws Exception {
    return Backbone.cut(describe("tag_named.onnx", PLAIN), file, Optional.of("ReduceMean0"));
  }

  private Path write(byte[] onnx) throws Exception {
    return Files.write(Files.createTempFile(folder, "model", ".onnx"), onnx);
  }

  private static float[] run(Path file, float[][][][] images) throws Exception {
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString());
        OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), images);
        OrtSession.Result result = session.run(Map.of("images", input))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }

  @Test
  void joinsTheBackboneAndTheHead() throws Exception {
    Backbone backbone = tagger(file("tag_named.onnx"));
    float[][][][] image = new float[1][3][64][64];
    Random random = new Random(1);
    for (float[][] channel : image[0]) {
      for (float[] row : channel) {
        for (int x = 0; x < row.length; x++) {
          row[x] = random.nextFloat();
        }
      }
    }

    float[] features = run(write(backbone.featureFile()), image);
    float[] scores = run(write(backbone.trainedFile(HEAD, "classify", List.of("a", "b"))), image);

    assertThat(backbone.features()).isEqualTo(3);
    for (int c = 0; c < 3; c++) {
      double mean = 0;
      for (float[] row : image[0][c]) {
        for (float value : row) {
          mean += value / (64.0 * 64);
        }
      }
      assertThat((double) features[c]).isCloseTo(mean, within(1e-5));
    }
    double first = Math.exp(0.5 * features[0] - features[1] + 2 * features[2] + 0.1);
    double second = Math.exp(features[0] + 0.25 * features[1] - 0.5 * features[2] - 0.2);
    assertThat((double) scores[0]).isCloseTo(first / (first + second), within(1e-5));
    assertThat((double) scores[1]).isCloseTo(second / (first + second), within(1e-5));
  }

  @Test
  void namesTaskAndClassesInTheMetadata() throws Exception {
    List<String> names = List.of("it's", "a\\b {\"}: é\n");
    Path file = write(tagger(file("tag_named.onnx")).trainedFile(HEAD, "classify", names));

    ModelDescription found = IsolatedProbe.probe("m", Map.of(Engine.ONNX, file), PLAIN);

    assertThat(found.labels()).isEqualTo(names);
    assertThat(found.layout()).hasToString("classification");
    assertThat(found.input().fixedBatch()).isEmpty();
  }

  @Test
  void averagesAFeatureMapInHalfPrecision() throws Exception {
    ModelDescription model =
        describe(
            "half.onnx",
            Map.of(
                "normalization", "none", "layout", "classification", "labels", TestModels.LABELS));
    String layer = "/convolution/Conv_output_0";

    Backbone backbone = Backbone.cut(model, file("half.onnx"), Optional.of(layer));

    assertThat(TensorProbe.shapes(write(backbone.featureFile()), model.input()).values())
        .containsExactly(List.of(1L, (long) backbone.features()));
    assertThat(
            catchThrowableOfType(
                    Backbone.LayerException.class,
                    () -> Backbone.cut(model, file("half.onnx"), Optional.empty()))
                .known())
        .containsExactly(layer, "output");
  }

  @Test
  void includesExternalWeights() throws Exception {
    ModelProto inline = ModelProto.parseFrom(Files.readAllBytes(file("tag_named.onnx")));
    ByteString padding = ByteString.copyFromUtf8("padding!");
    ModelProto.Builder external = inline.toBuilder();
    TensorProto weights = inline.getGraph().getInitializer(0);
    assertThat(weights.getRawData()).isNotEmpty();
    external
        .getGraphBuilder()
        .setInitializer(
            0,
            weights.toBuilder()
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", "weights.bin"))
                .addExternalData(entry("offset", "8"))
                .addExternalData(entry("length", "" + weights.getRawData().size())));
    Files.write(folder.resolve("weights.bin"), padding.concat(weights.getRawData()).toByteArray());
    Path file = Files.write(folder.resolve("m.onnx"), external.build().toByteArray());
    ModelDescription model = describe("tag_named.onnx", PLAIN);

    Backbone cut = Backbone.cut(model, file, Optional.of("Sub2"));

    assertThat(cut.featureFile())
        .isEqualTo(Backbone.cut(model, file("tag_named.onnx"), Optional.of("Sub2")).featureFile());
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  @Test
  void refusesLayersAndFiles() throws Exception {
    ModelDescription detector =
        describe("yolov8.onnx", Map.of("labels", TestModels.LABELS, "layout", "yolov8"));
    ModelDescription model = describe("tag_named.onnx", PLAIN);
    Path old = folder.resolve("old.onnx");
    ModelProto.Builder older =
        ModelProto.parseFrom(Files.readAllBytes(file("tag_named.onnx"))).toBuilder();
    older.getOpsetImportBuilder(0).setVersion(6);
    Files.write(old, older.build().toByteArray());

    assertThatThrownBy(
            () -> Backbone.cut(detector, file("yolov8.onnx"), Optional.of("/Unsqueeze_output_0")))
        .isInstanceOf(Backbone.LayerException.class)
        .hasMessageMatching(
            "The layer '/Unsqueeze_output_0' of model 'yolov8.onnx' has the shape \\[.*], but \\[B,"
                + " D] or \\[B, C, h, w] is required; choose another layer");
    assertThatThrownBy(() -> tagger(old))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot train on the features of %s: its ONNX operator set has version 6, and version 7 or newer is required; export it again",
            old);
    assertThat(
            catchThrowableOfType(
                    Backbone.LayerException.class,
                    () -> Backbone.cut(model, file("tag_named.onnx"), Optional.of("nothing")))
                .known())
        .containsExactly("ReduceMean0", "Mul1", "Sub2", "output");
  }
}
