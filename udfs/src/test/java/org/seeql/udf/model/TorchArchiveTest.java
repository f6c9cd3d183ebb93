package org.seeql.udf.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchArchiveTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yolov5.torchscript",
        "torchvision.torchscript",
        "half.torchscript",
        "../../../../../../demo/models/scout.torchscript",
      })
  void allowsCommonOperators(String file) {
    Path path =
        file.startsWith("..")
            ? Path.of("..", "demo", "models", Path.of(file).getFileName().toString())
            : TestModels.file(file);

    assertThatCode(() -> TorchArchive.check(path)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          torch.save(x, "/tmp/stolen")                    | the operator save
          x.save("/tmp/stolen")                           | the operator save
          x . save ( "/tmp/stolen" )                      | the operator save
          y = getattr(x, "save")                          | the operator save
          y = getattr(x, "sa" "ve")                       | the operator save
          y = getattr(x, "\\163ave")                      | the operator \\163ave
          g = getattr                                     | getattr without a call
          y = torch.from_file("/etc/passwd", False, 9)    | the operator from_file
          y = ops.aten.from_file("/etc/passwd")           | the operator aten::from_file
          y = ops.image.read_file("/etc/passwd")          | the operator image::read_file
          o = ops                                         | the operator ?::?
          y = ops.c10d.send(x)                            | the operator c10d::send
          y = rpc_async("worker", f)                      | the operator rpc_async
          y = torch.no_such_operator(x)                   | the operator no_such_operator
          y = __torch__.torch.classes.dist.Store("h", 1)  | the class torch.classes.dist
          # type: (Tensor) -> torch.save                  | the operator save
          """)
  void refusesOperatorsBeyondTensors(String line, String what) throws IOException {
    Path file = TorchArchives.withForward(folder.resolve("m.torchscript"), line, "return x");

    assertThatThrownBy(() -> TorchArchive.check(file))
        .isInstanceOf(ForbiddenModelException.class)
        .hasMessage("it uses " + what + ", which is not allowed in a model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ops.prim.RaiseException(\"torch.save is not called\")",
        "# torch.save(x)",
        "y = \"\"\"it's torch.save(x)\"\"\"",
        "y = torch.conv2d(x, CONSTANTS.c0, None, [1, 1], [1, 1], [1, 1], 1)",
        "# ops.torchvision.nms(x, x, 0.5)",
        "y = getattr(self, \"0\")",
        "y = x.shape",
      })
  void doesNotTreatTextAsCode(String line) throws IOException {
    Path file = TorchArchives.withForward(folder.resolve("m.torchscript"), line, "return x");

    assertThatCode(() -> TorchArchive.check(file)).doesNotThrowAnyException();
  }

  /** Also if the code uses a forbidden operator: the cure is the same. */
  @Test
  void refusesOperatorsThatTheLibraryDoesNotHave() throws IOException {
    Path file =
        TorchArchives.withForward(
            folder.resolve("m.torchscript"),
            "y = x.tolist()",
            "y = ops.torchvision.nms(x, x, 0.5)",
            "return x");

    assertThatThrownBy(() -> TorchArchive.check(file))
        .isInstanceOf(ForbiddenModelException.class)
        .hasMessage(
            "it uses the operator torchvision::nms, which the included PyTorch does not have; export"
                + " it as ONNX");
  }

  @Test
  void aDeclarationDoesNotAllowAnOperator() throws IOException {
    Path file =
        TorchArchives.withForward(
            folder.resolve("m.torchscript"), "x.save(\"a\")", "return x", "", "def save(self):");

    assertThatThrownBy(() -> TorchArchive.check(file)).hasMessageContaining("the operator save");
  }

  @Test
  void refusesAnArchiveThatOthersMayReadDifferently() throws IOException {
    Path twice = folder.resolve("twice.torchscript");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(twice))) {
      for (String name : new String[] {"m/code/a.py", "m/CODE/A.PY"}) {
        out.putNextEntry(new ZipEntry(name));
        out.write("pass".getBytes(StandardCharsets.UTF_8));
      }
    }
    Path model = TorchArchives.withForward(folder.resolve("a.torchscript"), "return x");
    byte[] bytes = Files.readAllBytes(model);
    byte[] longer = new byte[bytes.length + 100];
    System.arraycopy(bytes, 0, longer, 100, bytes.length);
    Path prefixed = Files.write(folder.resolve("prefixed.torchscript"), longer);

    assertThatThrownBy(() -> TorchArchive.check(twice))
        .hasMessage("it has two entries with the name m/code/a.py");
    assertThatThrownBy(() -> TorchArchive.check(prefixed))
        .hasMessage("its ZIP directory is inconsistent");
  }

  @Test
  void explainsHowToExportTorchScript() throws IOException {
    Path weights = folder.resolve("weights.pt");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(weights))) {
      out.putNextEntry(new ZipEntry("weights/data.pkl"));
    }

    assertThatThrownBy(() -> TorchArchive.check(weights))
        .hasMessage(
            "it has no code: it is a checkpoint written by torch.save; export the model, for example"
                + " with yolo export model=FILE.pt format=onnx, torch.onnx.export or"
                + " torch.jit.save");
  }
}
