package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.model.OnnxFiles.Message;

class OnnxFileTest {
  private static final int EXTERNAL = 1;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"yolov5.onnx", "torchvision.onnx", "half.onnx", "bytes.onnx"})
  void admitsWhatModelsAreMadeOf(String file) {
    assertThatCode(() -> OnnxFile.check(TestModels.file(file))).doesNotThrowAnyException();
    assertThat(OnnxFile.externalFiles(TestModels.file(file))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "com.example, Anything, com.example::Anything",
    "com.microsoft, EPContext, com.microsoft::EPContext",
    "ai.onnx.contrib, DecodeImage, ai.onnx.contrib::DecodeImage",
  })
  void refusesOperatorsThatItDoesNotKnow(String domain, String operator, String named)
      throws IOException {
    Path file = write(new Message().message(1, OnnxFiles.node(domain, operator, "x", "y")));

    assertRefused(
        file, "it uses the operator " + named + ", which is not among those that a model may use");
  }

  @Test
  void looksIntoBranchesAndFunctions() throws IOException {
    Message hidden = new Message().message(1, OnnxFiles.node("evil", "Op", "x", "y"));
    Message branch = new Message().text(1, "then_branch").message(6, hidden);
    Path inBranch =
        write(new Message().message(1, OnnxFiles.node("", "If", "x", "y").message(5, branch)));
    Message function =
        new Message()
            .text(1, "f")
            .text(10, "mine")
            .message(7, OnnxFiles.node("evil", "Op", "x", "y"));
    Message graph = new Message().message(1, OnnxFiles.node("mine", "f", "x", "y"));
    Path inFunction =
        OnnxFiles.write(folder.resolve("f.onnx"), OnnxFiles.model(graph).message(25, function));

    String refusal = "it uses the operator evil::Op, which is not among those that a model may use";
    assertRefused(inBranch, refusal);
    assertRefused(inFunction, refusal);
  }

  @Test
  void admitsFunctionsOfTheModelItself() throws IOException {
    Message function =
        new Message()
            .text(1, "f")
            .text(10, "mine")
            .message(7, OnnxFiles.node("", "Relu", "x", "y"));
    Message graph = new Message().message(1, OnnxFiles.node("mine", "f", "x", "y"));
    Path file =
        OnnxFiles.write(folder.resolve("f.onnx"), OnnxFiles.model(graph).message(25, function));

    assertThatCode(() -> OnnxFile.check(file)).doesNotThrowAnyException();
  }

  @Test
  void findsTheFilesOfItsWeights() throws IOException {
    assertThat(OnnxFile.externalFiles(withWeightsIn("weights/model.onnx.data")))
        .containsExactly("weights/model.onnx.data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../secret",
        "a/../../secret",
        "./x",
        "",
        "C:/x",
        "..\\x",
        "*/_ORT_MEM_ADDR_/*"
      })
  void refusesWeightsFromElsewhere(String location) throws IOException {
    assertRefused(
        withWeightsIn(location),
        "its weights are in '" + location + "', and they may only be in the model's own folder");
  }

  /** What a parser puts together may be written apart. */
  @Test
  void refusesALocationWhoseTensorIsInTwoParts() throws IOException {
    Message attribute =
        new Message()
            .message(5, new Message().number(14, EXTERNAL))
            .message(5, new Message().message(13, OnnxFiles.metadata("location", "../secret")));
    Path file =
        write(
            new Message()
                .message(1, OnnxFiles.node("", "Constant", "x", "y").message(5, attribute)));

    assertRefused(
        file, "its weights are in '../secret', and they may only be in the model's own folder");
  }

  @Test
  void refusesWhatCannotBeRead() throws IOException {
    Message graph = new Message();
    for (int i = 0; i < 100; i++) {
      Message attribute = new Message().text(1, "body").message(6, graph);
      graph = new Message().message(1, OnnxFiles.node("", "Loop", "x", "y").message(5, attribute));
    }

    assertRefused(write(graph), "it is no ONNX model: its graphs are nested too deeply");
    assertRefused(
        Files.writeString(folder.resolve("letter.onnx"), "Dear Sir or Madam"),
        "it is no ONNX model: it has a field of wire type 4");
    assertRefused(
        Files.createFile(folder.resolve("empty.onnx")), "it is no ONNX model: it has no graph");
  }

  private Path withWeightsIn(String location) throws IOException {
    Message tensor =
        new Message()
            .number(1, 1)
            .number(2, 1)
            .text(8, "w")
            .message(13, OnnxFiles.metadata("location", location))
            .number(14, EXTERNAL);
    return write(new Message().message(5, tensor));
  }

  private Path write(Message graph) throws IOException {
    return OnnxFiles.write(Files.createTempFile(folder, "model", ".onnx"), OnnxFiles.model(graph));
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> OnnxFile.check(file))
        .isInstanceOf(ForbiddenModelException.class)
        .hasMessage(message);
  }
}
