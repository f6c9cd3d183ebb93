package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
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
  void allowsCommonOperators(String file) {
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

    assertRefused(file, "it uses the operator " + named + ", which is not allowed in a model");
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

    String refusal = "it uses the operator evil::Op, which is not allowed in a model";
    assertRefused(inBranch, refusal);
    assertRefused(inFunction, refusal);
  }

  @Test
  void allowsFunctionsOfTheModelItself() throws IOException {
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
  void refusesWeightsOutsideTheFolder(String location) throws IOException {
    assertRefused(
        withWeightsIn(location),
        "its weights are in '" + location + "', but they must be in the model's own folder");
  }

  /** A parser merges parts of a message that are written separately. */
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
        file, "its weights are in '../secret', but they must be in the model's own folder");
  }

  /** Other readers take the lower 32 bits of a longer tag. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "7 1",
        "7 1 4",
        "7 1 7",
        "7 1 5",
        "7 1 5 5",
        "7 1 5 5 13",
        "7 1 5 5 13 1",
        "7 1 5 5 13 2",
        "7 1 5 5 14",
        "7 1 5 6",
        "7 1 5 10",
        "7 1 5 11",
        "7 1 5 22",
        "7 1 5 23",
        "7 5",
        "7 15",
        "7 15 1",
        "7 15 2",
        "25",
        "25 1",
        "25 7",
        "25 10",
        "25 11"
      })
  void refusesFieldsThatOnlyOtherReadersSee(String fields) throws IOException {
    List<Integer> path = Arrays.stream(fields.split(" ", -1)).map(Integer::valueOf).toList();
    int last = path.get(path.size() - 1);
    for (int tagBytes = 5; tagBytes <= 8; tagBytes++) {
      Message high = new Message().hidden(last, new Message(), tagBytes);
      assertRefused(within(path, high), "it is not an ONNX model: it has an invalid tag");
      if (tagBytes > 5) {
        Message padded = new Message().padded(last, new Message(), tagBytes);
        assertRefused(within(path, padded), "it is not an ONNX model: it has an invalid tag");
      }
    }
    Message none = new Message().number(0, 0);
    assertRefused(within(path, none), "it is not an ONNX model: it has an invalid tag");
  }

  /** A model with a message inside a path of nested fields. */
  private Path within(List<Integer> path, Message content) throws IOException {
    Message message = content;
    for (int i = path.size() - 2; i >= 0; i--) {
      message = new Message().message(path.get(i), message);
    }
    Path file = Files.createTempFile(folder, "model", ".onnx");
    Files.write(file, OnnxFiles.model(new Message()).toByteArray());
    return Files.write(file, message.toByteArray(), StandardOpenOption.APPEND);
  }

  @Test
  void readsATagOfFiveBytesLikeAShortOne() throws IOException {
    Message evil = new Message().message(1, OnnxFiles.node("evil", "Op", "x", "y"));
    Path file = within(List.of(7), new Message().padded(7, evil, 5));

    assertRefused(file, "it uses the operator evil::Op, which is not allowed in a model");
  }

  @Test
  void refusesAFunctionInTheNameOfAnOperatorOfMicrosoft() throws IOException {
    Message function =
        new Message()
            .text(1, "EPContext")
            .text(10, "com.microsoft")
            .message(7, OnnxFiles.node("", "Relu", "x", "y"));
    Message graph =
        new Message().message(1, OnnxFiles.node("com.microsoft", "EPContext", "x", "y"));
    Path file =
        OnnxFiles.write(folder.resolve("f.onnx"), OnnxFiles.model(graph).message(25, function));

    assertRefused(
        file, "it uses the operator com.microsoft::EPContext, which is not allowed in a model");
  }

  @Test
  void refusesAnUnreadableFile() throws IOException {
    Message graph = new Message();
    for (int i = 0; i < 100; i++) {
      Message attribute = new Message().text(1, "body").message(6, graph);
      graph = new Message().message(1, OnnxFiles.node("", "Loop", "x", "y").message(5, attribute));
    }

    assertRefused(write(graph), "it is not an ONNX model: its graphs are nested too deeply");
    assertRefused(
        Files.writeString(folder.resolve("letter.onnx"), "Dear Sir or Madam"),
        "it is not an ONNX model: it has a field of wire type 4");
    assertRefused(
        Files.createFile(folder.resolve("empty.onnx")), "it is not an ONNX model: it has no graph");
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
