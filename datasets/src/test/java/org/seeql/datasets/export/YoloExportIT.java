package org.seeql.datasets.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.database.ledger.ResultLayout.Shape;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.export.YoloExport.ImageTransfer;
import org.seeql.datasets.export.YoloExport.LabelKind;
import org.seeql.datasets.export.YoloExport.Request;
import org.seeql.datasets.export.YoloExport.Summary;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.OnError;
import org.seeql.datasets.yolo.YoloDataSet;
import org.seeql.datasets.yolo.YoloFolder;
import org.seeql.planner.statement.TableName;

class YoloExportIT {
  private static final String RUN = "20260101-000000-abcd";
  private static final String JSON =
      """
      {"images": [
        {"id": 1, "file_name": "a.png", "width": 640, "height": 427},
        {"id": 2, "file_name": "deep/b.png", "width": 333, "height": 500},
        {"id": 3, "file_name": "a.jpg", "width": 3, "height": 7}],
       "annotations": [
        {"id": 1, "image_id": 1, "category_id": 18, "bbox": [13.37, 0.1, 600.123, 426.9],
         "segmentation": [[20, 10, 30, 10, 20, 30]], "keypoints": [20, 10, 2, 0, 0, 0]},
        {"id": 2, "image_id": 2, "category_id": 90, "bbox": [0.01, 499.5, 332.99, 0.5]},
        {"id": 3, "image_id": 2, "category_id": 1, "bbox": [0, 0, 333, 500], "iscrowd": 1}],
       "categories": [{"id": 90, "name": "a \\"b\\": #c"}, {"id": 1, "name": "cat"},
        {"id": 18, "name": "dog"}, {"id": 95, "name": "cat"}]}
      """;

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;
  private Path pictures;
  private Path out;

  @BeforeEach
  void importDataSet() throws SQLException, IOException {
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
    DATABASE.execute("DROP DATABASE IF EXISTS again");
    DATABASE.emptySystemTables();
    folder = folder.toRealPath();
    pictures = folder.resolve("pictures");
    YoloFolder files = new YoloFolder(pictures);
    files.image("a.png", 640, 427);
    files.image("deep/b.png", 333, 500);
    files.image("a.jpg", 3, 7);
    out = Files.createDirectory(folder.resolve("out"));
    Path file = Files.writeString(folder.resolve("a.json"), JSON);
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problem -> {})
        .run(
            List.of(new CocoFile(file, "a.json")),
            new DataSetRequest("coco", pictures.toString(), Optional.empty(), OnError.FAIL));
  }

  @Test
  void writesLabelsImagesAndNames() throws Exception {
    DATABASE.execute("UPDATE coco.images SET split = 'val' WHERE image_id = 2");

    Summary summary = export(ImageTransfer.LINK, LabelKind.BOXES);

    assertThat(summary)
        .isEqualTo(
            new Summary(
                new TreeMap<>(Map.of("train", 2L, "val", 1L)), 2, 1, 0, 0, new TreeMap<>()));
    assertThat(files())
        .containsExactly(
            "data.yaml",
            "images/train/a-3.jpg",
            "images/train/a.png",
            "images/val/deep/b.png",
            "labels/train/a-3.txt",
            "labels/train/a.txt",
            "labels/val/deep/b.txt");
    assertThat(out.resolve("data.yaml"))
        .hasContent(
            """
            # Data set coco, written by seeql export yolo
            train: images/train
            val: images/val
            names:
              0: "cat"
              1: "dog"
              2: "a \\"b\\": #c"
            """);
    assertThat(out.resolve("labels/train/a-3.txt")).isEmptyFile();
    // (0.01 + 332.99 / 2) / 333 and so on, with Python
    assertThat(out.resolve("labels/val/deep/b.txt"))
        .hasContent("2 0.500015015015 0.9995 0.99996996997 0.001\n");
    assertThat(Files.readSymbolicLink(out.resolve("images/val/deep/b.png")))
        .isEqualTo(pictures.resolve("deep/b.png"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageTransfer.class,
      names = {"LINK", "COPY"})
  void anImportOfTheExportHasTheSameBoxes(ImageTransfer images) throws Exception {
    export(images, LabelKind.BOXES);

    importAgain();

    assertThat(
            DATABASE.query(
                """
                SELECT COUNT(*) FROM coco.annotations a
                JOIN coco.images i ON i.image_id = a.image_id
                JOIN coco.categories c ON c.id = a.category_id
                JOIN again.images j ON j.file_name LIKE CONCAT('images/train/%', i.file_name)
                JOIN again.annotations b ON b.image_id = j.image_id
                JOIN again.categories d ON d.id = b.category_id AND d.name = c.name
                WHERE ABS(a.bbox_x - b.bbox_x) < 1e-5 AND ABS(a.bbox_y - b.bbox_y) < 1e-5
                  AND ABS(a.bbox_width - b.bbox_width) < 1e-5
                  AND ABS(a.bbox_height - b.bbox_height) < 1e-5
                """))
        .containsExactly("2");
    assertThat(DATABASE.query("SELECT COUNT(*) FROM again.annotations")).containsExactly("2");
    assertThat(DATABASE.query("SELECT CONCAT(width, 'x', height) FROM again.images ORDER BY width"))
        .containsExactly("3x7", "333x500", "640x427");
  }

  @Test
  void writesPolygonsOrTheCornersOfBoxes() throws Exception {
    Summary summary = export(ImageTransfer.NONE, LabelKind.POLYGONS);

    assertThat(summary.withoutPolygon()).isEqualTo(1);
    assertThat(Files.readString(out.resolve("labels/train/a.txt")))
        .isEqualTo("1 0.03125 0.023419203747 0.046875 0.023419203747 0.03125 0.070257611241\n");
    assertThat(Files.readString(out.resolve("labels/train/deep/b.txt")).split(" ")).hasSize(9);
    assertThat(out.resolve("images")).doesNotExist();
  }

  @Test
  void writesKeypoints() throws Exception {
    export(ImageTransfer.COPY, LabelKind.KEYPOINTS);

    importAgain();

    assertThat(out.resolve("data.yaml")).content().contains("\nkpt_shape: [2, 3]\n");
    assertThat(DATABASE.query("SELECT extra FROM again.annotations ORDER BY area"))
        .anySatisfy(extra -> assertThat(extra.replace(" ", "")).contains("[0,0,0,0,0,0]"))
        .anySatisfy(extra -> assertThat(extra.replace(" ", "")).contains("\"num_keypoints\":1"));
    DATABASE.execute("UPDATE coco.annotations SET extra = NULL");
    refused(
        request(ImageTransfer.NONE, LabelKind.KEYPOINTS),
        "Cannot export coco: its annotations have no keypoints, or more than 999; use"
            + " --labels=boxes or --labels=polygons");
  }

  @Test
  void writesTheDetectionsOfARun() throws Exception {
    DATABASE.execute(
        "CREATE TABLE coco.found (run_id VARCHAR(32), image_id BIGINT, label VARCHAR(255), score"
            + " DOUBLE, x_min DOUBLE, y_min DOUBLE, x_max DOUBLE, y_max DOUBLE)");
    DATABASE.execute(
        "INSERT INTO coco.found VALUES ('%1$s', 1, 'Dog', 0.5, 0, 0, 320, 427), ('%1$s', 1, 'cat', 0.9, 320, 0, 640, 427), ('%1$s', 1, 'gnu', 0.9, 0, 0, 1, 1), ('other', 2, 'dog', 0.9, 0, 0, 1, 1)"
            .formatted(RUN));
    RecordedRun.insert(
        DATABASE, RUN, Shape.DETECTION, Optional.of(TableName.of("coco", "found")), "succeeded");

    Summary summary =
        new YoloExport(DATABASE.connector())
            .write(
                new Request(
                    "coco",
                    Optional.of(RUN),
                    Optional.empty(),
                    ImageTransfer.NONE,
                    LabelKind.BOXES),
                out);

    assertThat(files()).containsExactly("data.yaml", "labels/train/a.txt");
    assertThat(out.resolve("labels/train/a.txt"))
        .hasContent("0 0.75 0.5 0.5 1\n1 0.25 0.5 0.5 1\n");
    assertThat(summary)
        .isEqualTo(
            new Summary(
                new TreeMap<>(Map.of("train", 1L)), 2, 0, 0, 0, new TreeMap<>(Map.of("gnu", 1L))));
  }

  @Test
  void removesTheFolderImagesFromNames() throws Exception {
    DATABASE.execute(
        "UPDATE coco.images SET path = 'x/images/val/images/train/c.png' WHERE image_id = 1");

    Summary summary = export(ImageTransfer.COPY, LabelKind.BOXES);

    assertThat(summary.missingFiles()).isEqualTo(1);
    assertThat(files()).contains("labels/train/c.txt").doesNotContain("images/train/c.png");
  }

  @Test
  void writesOneSplit() throws Exception {
    DATABASE.execute("UPDATE coco.images SET split = 'mini' WHERE image_id = 2");

    Summary summary =
        new YoloExport(DATABASE.connector())
            .write(
                new Request(
                    "coco",
                    Optional.empty(),
                    Optional.of("mini"),
                    ImageTransfer.COPY,
                    LabelKind.BOXES),
                out);

    assertThat(summary.images()).isEqualTo(Map.of("mini", 1L));
    assertThat(out.resolve("data.yaml"))
        .content()
        .contains(
            "# No image has the split train, which Ultralytics needs.\n"
                + "# No image has the split val, which Ultralytics needs.\n"
                + "mini: images/mini\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE coco.images SET split = '../x' | Cannot export coco: split '../x' cannot be the name of a folder and a key of data.yaml; change it in images.split",
        "UPDATE coco.images SET split = 'names' | Cannot export coco: split 'names' cannot be the name of a folder and a key of data.yaml; change it in images.split",
        "UPDATE coco.images SET path = '../../x.png' WHERE image_id = 2 | Cannot export image 2: its path '../../x.png' is not a path below the image root",
        "UPDATE coco.images SET path = '/etc/passwd' WHERE image_id = 2 | Cannot export image 2: its path '/etc/passwd' is not a path below the image root",
        "UPDATE seeql.image_roots SET root = 's3a://b/x' | Cannot export coco: its images are in s3a://b/x, and only local files can be linked or copied; add --images=none",
        "DELETE FROM seeql.image_roots | Cannot export coco: the folder of its images is unknown; add --images=none",
        "DROP TABLE coco.annotations | Cannot export coco: there is no table coco.annotations; seeql import coco creates it"
      })
  void refusesWhatCannotBeExported(String change, String message) throws Exception {
    DATABASE.execute(change);

    refused(request(ImageTransfer.LINK, LabelKind.BOXES), message);
  }

  private void refused(Request request, String message) {
    assertThatThrownBy(() -> new YoloExport(DATABASE.connector()).write(request, out))
        .isInstanceOf(RefusalException.class)
        .hasMessage(message);
  }

  private Summary export(ImageTransfer images, LabelKind labels) throws IOException {
    return new YoloExport(DATABASE.connector()).write(request(images, labels), out);
  }

  private static Request request(ImageTransfer images, LabelKind labels) {
    return new Request("coco", Optional.empty(), Optional.empty(), images, labels);
  }

  private void importAgain() {
    YoloDataSet dataSet = new YoloFolder(out).open(Optional.empty());
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problem -> {})
        .run(
            dataSet.sources(),
            new DataSetRequest(
                "again", dataSet.imageFolder().toString(), Optional.empty(), OnError.FAIL));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(out)) {
      return all.filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
