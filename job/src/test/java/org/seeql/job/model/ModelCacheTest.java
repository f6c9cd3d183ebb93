package org.seeql.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.udf.InferenceException;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

class ModelCacheTest {
  private static final String BYTES = "the bytes of a model";

  @TempDir Path folder;
  private ModelCache cache;
  private Path original;

  @BeforeEach
  void writeModel() throws IOException {
    cache = new ModelCache(folder.resolve("cache"));
    original = Files.writeString(folder.resolve("m.torchscript"), BYTES);
  }

  @ParameterizedTest
  @CsvSource({"the bytes of a modeX", "the bytes", "''", "the bytes of a model and more"})
  void fetchesADamagedCopyAgain(String damaged) throws IOException {
    ModelDescription model = model(cache.fetch(Engine.TORCHSCRIPT, original.toUri()));
    Path copy = cache.files(model).get(Engine.TORCHSCRIPT);

    Files.writeString(copy, damaged);
    Files.setLastModifiedTime(copy, FileTime.fromMillis(1));

    assertThat(cache.files(model).get(Engine.TORCHSCRIPT)).isEqualTo(copy).hasContent(BYTES);
  }

  @Test
  void refusesADamagedCopyOfAFileThatHasChanged() throws IOException {
    ModelDescription model = model(cache.fetch(Engine.TORCHSCRIPT, original.toUri()));
    Files.writeString(cache.files(model).get(Engine.TORCHSCRIPT), "damaged");
    Files.writeString(original, "another model");

    assertThatThrownBy(() -> cache.files(model))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot use model 'm': %s has changed since CREATE MODEL (its sha256 is %s and was %s); register the changed file with CREATE OR REPLACE MODEL"
                .formatted(original.toUri(), sha256("another model"), sha256(BYTES)));
  }

  @Test
  void needsTheOriginalOnlyWhenTheCopyIsGone() throws IOException {
    ModelDescription model = model(cache.fetch(Engine.TORCHSCRIPT, original.toUri()));
    Files.delete(original);

    assertThat(cache.files(model).get(Engine.TORCHSCRIPT)).hasContent(BYTES);
  }

  @ParameterizedTest
  @CsvSource({"/dev/zero, it is not a regular file", "/dev, it is a folder"})
  void readsNothingButFiles(String path, String reason) {
    URI uri = Path.of(path).toUri();

    assertThatThrownBy(() -> cache.fetch(Engine.TORCHSCRIPT, uri))
        .isInstanceOf(InferenceException.class)
        .hasMessage("Cannot read the model " + uri + ": " + reason);
    assertThatThrownBy(() -> cache.fetchLabels(uri))
        .hasMessage("Cannot read the labels " + uri + ": " + reason);
  }

  @Test
  void waitsForNoPipe() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe.torchscript");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> cache.fetch(Engine.TORCHSCRIPT, pipe.toUri()))
        .hasMessage("Cannot read the model " + pipe.toUri() + ": it is not a regular file");
  }

  @Test
  void takesWeightsAlong() throws IOException {
    Path onnx = Files.write(folder.resolve("m.onnx"), onnxWithWeightsIn("sub/m.onnx.data"));
    Files.createDirectories(folder.resolve("sub"));
    Path weights = Files.writeString(folder.resolve("sub").resolve("m.onnx.data"), "weights");

    ModelCache.Copy copy = cache.fetch(Engine.ONNX, onnx.toUri());

    assertThat(copy.weights())
        .containsExactly(new ModelFile.Weights("sub/m.onnx.data", sha256("weights")));
    Path kept = copy.path().resolveSibling("sub").resolve("m.onnx.data");
    assertThat(kept).hasContent("weights");

    Files.writeString(kept, "damaged");
    ModelDescription model = model(copy, Engine.ONNX, onnx.toUri());
    assertThat(cache.files(model)).isEqualTo(Map.of(Engine.ONNX, copy.path()));
    assertThat(kept).hasContent("weights");

    Files.writeString(weights, "others");
    Files.delete(kept);
    assertThatThrownBy(() -> cache.files(model))
        .hasMessageStartingWith(
            "Cannot use model 'm': " + weights.toUri() + " has changed since CREATE MODEL ");
  }

  @Test
  void saysWhichWeightsAreMissing() throws IOException {
    Path onnx = Files.write(folder.resolve("m.onnx"), onnxWithWeightsIn("m.onnx.data"));

    assertThatThrownBy(() -> cache.fetch(Engine.ONNX, onnx.toUri()))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot read the weights "
                + folder.resolve("m.onnx.data").toUri()
                + ": there is no such file");
    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void takesNoWeightsFromElsewhere() throws IOException {
    Path onnx = Files.write(folder.resolve("m.onnx"), onnxWithWeightsIn("../secret"));

    assertThatThrownBy(() -> cache.fetch(Engine.ONNX, onnx.toUri()))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot load "
                + onnx.toUri()
                + " as an ONNX model: its weights are in '../secret', but they must be in the"
                + " model's own folder");
  }

  private ModelDescription model(ModelCache.Copy copy) {
    return model(copy, Engine.TORCHSCRIPT, original.toUri());
  }

  private static ModelDescription model(ModelCache.Copy copy, Engine engine, URI uri) {
    return new ModelDescription(
        "m",
        OutputLayouts.of("classification"),
        InputFormat.rgb(8, 8),
        List.of("a"),
        List.of(new ModelFile(engine, uri, copy.sha256(), copy.weights())),
        Activation.NONE,
        List.of());
  }

  private static String sha256(String text) {
    return ModelFile.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A graph with one tensor whose values are in an external file. */
  private static byte[] onnxWithWeightsIn(String location) {
    byte[] entry = message(message(new byte[0], 1, "location"), 2, location);
    byte[] tensor = concatenate(message(new byte[0], 13, entry), new byte[] {14 << 3, 1});
    return message(new byte[0], 7, message(new byte[0], 5, tensor));
  }

  private static byte[] message(byte[] before, int field, String text) {
    return message(before, field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of a Protocol Buffers message; all lengths are below 128. */
  private static byte[] message(byte[] before, int field, byte[] content) {
    byte[] tag = {(byte) (field << 3 | 2), (byte) content.length};
    return concatenate(concatenate(before, tag), content);
  }

  private static byte[] concatenate(byte[] one, byte[] other) {
    byte[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }
}
