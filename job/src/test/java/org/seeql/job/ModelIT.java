package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Base64;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.job.StatementResult.Done;
import org.seeql.job.StatementResult.ModelDetails;
import org.seeql.job.StatementResult.ModelTable;
import org.seeql.job.fixture.RunFixture;
import org.seeql.udf.InferenceException;

class ModelIT {
  private static final String LABELS = "labels = 'models/scout.labels.txt'";

  /**
   * Computes the means of an image's channels, and adds the content of means.onnx.data. Input: [1,
   * 3, 8, 8].
   */
  private static final byte[] MEANS_WITH_EXTERNAL_WEIGHTS =
      Base64.getDecoder()
          .decode(
              "CAg6oQEKMgoBeBIBbSIKUmVkdWNlTWVhbioNCgRheGVzQAJAA6ABByoPCghrZWVwZGltcxgAoAECCg4KAW0K"
                  + "AXcSAXkiA0FkZBIBZyomCAMQAUIBd2obCghsb2NhdGlvbhIPbWVhbnMub25ueC5kYXRhcAFaGwoB"
                  + "eBIWChQIARIQCgIIAQoCCAMKAggICgIICGITCgF5Eg4KDAgBEggKAggBCgIIA0IECgAQEQ==");

  @TempDir static Path directory;
  private static RunFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
  }

  @Test
  void describesWhatItHasFound() {
    ModelDetails details = (ModelDetails) fixture.execute("DESCRIBE MODEL scout");

    assertThat(details.properties())
        .containsEntry("task", "detect")
        .containsEntry("layout", "yolov8")
        .containsEntry("classes", "12")
        .containsEntry("runs here", "onnx on cpu")
        .containsKeys("onnx", "torchscript");
    assertThat(((ModelTable) fixture.execute("SHOW MODELS")).models())
        .extracting(StatementResult.ModelLine::name)
        .contains("places", "scout");
  }

  @Test
  void countsVersionsAndDeletesTheRecordsOfDroppedModels() throws Exception {
    String options =
        " OPTIONS (uri = 'models/places.onnx', layout = 'classification', normalization = 'none',"
            + " labels = 'models/places.labels.txt')";

    assertThat(fixture.execute("CREATE MODEL counted" + options))
        .isEqualTo(
            new Done(
                "Created model counted, version 1: classify, classification, input 128x128, 6"
                    + " classes"));
    assertThat(((Done) fixture.execute("CREATE OR REPLACE MODEL counted" + options)).message())
        .startsWith("Created model counted, version 2:");
    assertThat(fixture.execute("DROP MODEL counted")).isEqualTo(new Done("Dropped model counted"));
    assertThatThrownBy(() -> fixture.execute("DESCRIBE MODEL counted"))
        .isInstanceOf(RefusalException.class)
        .hasMessageStartingWith("Unknown model 'counted'; known: ");
    assertThat(fixture.execute("DROP MODEL IF EXISTS counted"))
        .isEqualTo(new Done("There is no model counted to drop"));
    assertThat(((Done) fixture.execute("CREATE MODEL counted" + options)).message())
        .startsWith("Created model counted, version 3:");
    fixture.execute("DROP MODEL counted");
  }

  @Test
  void refusesAFileThatIsNoModel() throws Exception {
    Path file = Files.writeString(directory.resolve("text.onnx"), "this is no model");

    assertThatThrownBy(() -> fixture.execute("CREATE MODEL broken OPTIONS (uri = '" + file + "')"))
        .isInstanceOf(InferenceException.class)
        .hasMessageStartingWith("Cannot load file://" + file + " as an ONNX model: ");
  }

  @Test
  void refusesAProgramThatWritesFiles() throws Exception {
    Path file = directory.resolve("writes.torchscript");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("writes/code/__torch__.py"));
      zip.write("torch.save(x, \"/tmp/stolen\")".getBytes(StandardCharsets.UTF_8));
    }

    assertThatThrownBy(
            () ->
                fixture.execute(
                    "CREATE MODEL writes OPTIONS (uri = '%s', %s)".formatted(file, LABELS)))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Cannot load file://"
                + file
                + " as a TorchScript model: it uses the operator save, which is not allowed in a"
                + " model");
  }

  @Test
  void takesWeightsAlongThatLieInAFileOfTheirOwn() throws Exception {
    Path model = Files.write(directory.resolve("means.onnx"), MEANS_WITH_EXTERNAL_WEIGHTS);
    Path weights = directory.resolve("means.onnx.data");
    Files.write(
        weights,
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(1)
            .putFloat(9)
            .putFloat(2)
            .array());
    Path labels = Files.writeString(directory.resolve("abc.txt"), "a\nb\nc\n");
    String run =
        "SELECT image_id, file_name FROM images LIMIT 1 TO RUN any CMD 'classify', '--model=means',"
            + " '--top_k=1' INTO means_of_images";

    fixture.execute(
        "CREATE MODEL means OPTIONS (uri = '%s', labels = '%s', normalization = 'none', layout = 'classification')"
            .formatted(model, labels));
    Files.delete(model);
    Files.delete(weights);
    fixture.execute(run);

    assertThat(((ModelDetails) fixture.execute("DESCRIBE MODEL means")).properties().get("onnx"))
        .startsWith("file://" + model + " (sha256 ")
        .endsWith(", weights in means.onnx.data");
    try (Connection connection = fixture.database().connector().open();
        ResultSet row =
            connection.createStatement().executeQuery("SELECT label FROM means_of_images")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("b");
    }
    fixture.execute("DROP MODEL means");
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "CREATE MODEL misfit OPTIONS (uri = 'models/scout.onnx', layout = 'yolov8',"
                        + " labels = 'coco80')"))
        .isInstanceOf(InferenceException.class)
        .hasMessage(
            "Invalid labels for model misfit: 80 labels (the onnx file's output is output [1, 16,"
                + " 525], which has 12 classes with layout yolov8)");
  }

  @Test
  void refusesAModelWithoutAFile() {
    assertThatThrownBy(() -> fixture.execute("CREATE MODEL nothing OPTIONS (" + LABELS + ")"))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot create model 'nothing': OPTIONS needs uri = 'a path or a URI'");
  }

  @Test
  void refusesAFileOfAnUnknownFormat() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "CREATE MODEL odd OPTIONS (uri = 'models/scout.labels.txt', " + LABELS + ")"))
        .hasMessage(
            "Cannot determine the format of the model file://"
                + RunFixture.DEMO
                + "/models/scout.labels.txt from its name; set engine = 'torchscript' or 'onnx'");
  }
}
