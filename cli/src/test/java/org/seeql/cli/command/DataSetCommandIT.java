package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.database.embedded.EmbeddedDatabase;

/** Tests the output of data set imports and exports. */
class DataSetCommandIT {
  private static final String GOOD =
      """
      {"images": [{"id": 1, "file_name": "a.jpg", "width": 20, "height": 10}],
       "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1]}],
       "categories": [{"id": 1, "name": "cat"}]}
      """;
  private static final String BAD =
      """
      {"images": [{"id": 7, "file_name": "a,b.jpg", "width": 20, "height": 10}],
       "annotations": [{"id": 8, "image_id": 7, "category_id": 9, "bbox": [0, 0, 1, 1]}],
       "categories": [{"id": 1, "name": "cat"}]}
      """;

  @TempDir static Path directory;

  /** Keeps the server of the commands running, which otherwise starts and stops with each one. */
  private static EmbeddedDatabase server;

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedDatabase.start(directory.resolve("data"));
    Files.createDirectory(directory.resolve("pictures"));
    Files.writeString(directory.resolve("good.json"), GOOD);
    Files.writeString(directory.resolve("bad.json"), BAD);
    for (String image : List.of("a.jpg", "a,b.jpg")) {
      Files.writeString(directory.resolve("pictures").resolve(image), "no picture, but a file");
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void printsASummaryOnStandardError() {
    Outcome outcome = importFile("good.json", "output");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .matches(
            "✓ output: 1 image added, 0 known; 1 annotation added, 0 known; 1 category added, 0"
                + " known; \\d+\\.\\d s\n");
  }

  @Test
  void reportsMissingFiles() throws IOException {
    Files.writeString(
        directory.resolve("gone_pictures.json"),
        "{\"images\": [{\"id\": 1, \"file_name\": \"no\\\\file.jpg\", \"width\": 4, \"height\": 3}]}");

    Outcome outcome = importFile("gone_pictures.json", "missing", "--report=missing.csv");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("! missing: 1 image added, 0 known;")
        .endsWith(
            """
              1 image whose file is missing: check --images
                gone_pictures.json:1:13: image 1: there is no file no\\file.jpg
            """);
    assertThat(directory.resolve("missing.csv"))
        .hasContent(
            """
            file,line,column,kind,record,reason
            gone_pictures.json,1,13,missing_file,image 1,there is no file no\\file.jpg
            """);
  }

  @Test
  void printsJsonOnStandardOutput() throws IOException {
    Outcome outcome = importFile("good.json", "counted", "--format=json", "--split=val");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith(
            "{\"database\":\"counted\",\"image_root\":\"%s\",\"licenses\":{\"added\":0,\"known\":0,\"skipped\":0},\"categories\":{\"added\":1,\"known\":0,\"skipped\":0},\"images\":{\"added\":1,\"known\":0,\"skipped\":0},\"annotations\":{\"added\":1,\"known\":0,\"skipped\":0},\"problems\":{},\"missing_files\":0,\"seconds\":"
                .formatted(directory.resolve("pictures").toRealPath()));
  }

  @Test
  void reportsThePositionOfInvalidData() {
    assertThat(importFile("bad.json", "bad"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot import into bad: 1 record of a category that does not exist; nothing was"
                    + " written; --report lists all of them, --on_error=skip imports the rest\n"
                    + "  bad.json:2:18: annotation 8: there is no category 9\n"));
  }

  @Test
  void listsProblemsInAFile() {
    Outcome outcome = importFile("bad.json", "listed", "--on_error=skip", "--report=p.csv");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("! listed: 1 image added, 0 known; 0 annotations added, 0 known, 1 skipped;")
        .contains("\n  skipped 1 record of a category that does not exist\n");
    assertThat(directory.resolve("p.csv"))
        .hasContent(
            """
            file,line,column,kind,record,reason
            bad.json,2,18,unknown_category,annotation 8,there is no category 9
            """);
  }

  @Test
  void refusesMissingFoldersAndFiles() {
    assertThat(run("import", "coco", "good.json", "--images=nowhere", "--into=x"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot import the images of "
                    + directory.resolve("nowhere")
                    + ": there is no such folder\n"));
    assertThat(importFile("gone.json", "x"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot import into x: there is no file " + directory.resolve("gone.json") + "\n"));
    assertThat(run("import", "voc", "good.json", "--into=x").err())
        .isEqualTo(
            "Cannot import the annotations of "
                + directory.resolve("good.json")
                + ": it is a file, not a folder\n");
  }

  @Test
  void importsTheSplitsOfAYamlFile() throws IOException {
    Path images = Files.createDirectories(directory.resolve("yolo/images/train"));
    Files.createDirectories(directory.resolve("yolo/labels/train"));
    ImageIO.write(
        new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB),
        "png",
        images.resolve("a.png").toFile());
    Files.writeString(directory.resolve("yolo/labels/train/a.txt"), "0 0.5 0.5 1 1");
    Files.writeString(
        directory.resolve("data.yaml"), "path: /gone\ntrain: images/train\nnames: [cat]\n");

    assertThat(run("import", "yolo", "data.yaml", "--into=yolo"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot import data.yaml: its path /gone is not a folder; specify the folder with"
                    + " --path\n"));
    assertThat(
            run("import", "yolo", "data.yaml", "--into=yolo", "--path=yolo", "--split=val").err())
        .isEqualTo("Unknown split 'val'; known: train; in data.yaml\n");
    assertThat(run("import", "yolo", "data.yaml", "--into=yolo", "--path=yolo").err())
        .matches(
            "✓ yolo: 1 image added, 0 known; 1 annotation added, 0 known; 1 category added, 0"
                + " known; \\d+\\.\\d s\n");
  }

  @Test
  void refusesATableForADatabase() {
    assertThat(importFile("good.json", "db.images").err())
        .startsWith(
            "Invalid value for option '--into': 'db.images' is not a database name (put a "
                + "name that contains a dot in backquotes; the tables are named images, "
                + "annotations and so on)\n");
  }

  @Test
  void writesAScriptIntoAFileOrToStandardOutput() {
    importFile("good.json", "`my data.set`");

    Outcome toFile = run("export", "sql", "`my data.set`", "-o", "s.sql", "--format=json");
    Outcome toOutput = run("export", "sql", "`my data.set`");

    Path script = directory.resolve("s.sql");
    assertThat(toFile)
        .isEqualTo(
            new Outcome(
                0, "{\"database\":\"my data.set\",\"file\":\"" + script + "\",\"rows\":3}\n", ""));
    assertThat(toOutput.err()).isEqualTo("✓ 3 rows of my data.set\n");
    assertThat(script)
        .hasContent(toOutput.out())
        .content()
        .contains("USE `my data.set`;\n")
        .contains("(1,1,1,NULL,1,0,0,1,1,0,NULL,NULL,NULL,NULL);");
  }

  @Test
  void exportsADataSetInCocosFormat() {
    importFile("good.json", "ground", "--split=val");

    Outcome toFile = run("export", "coco", "ground", "-o", "g.json", "--format=json");
    Outcome toOutput = run("export", "coco", "ground", "--split=val");

    Path file = directory.resolve("g.json");
    assertThat(toFile)
        .isEqualTo(
            new Outcome(
                0,
                "{\"database\":\"ground\",\"file\":\"%s\",\"images\":1,\"annotations\":1,\"categories\":1}\n"
                    .formatted(file),
                ""));
    assertThat(toOutput.err()).isEqualTo("✓ 1 image, 1 annotation, 1 category of ground\n");
    assertThat(file)
        .hasContent(toOutput.out())
        .content()
        .contains("\n{\"id\":1,\"file_name\":\"a.jpg\",\"height\":10,\"width\":20}\n");
    assertThat(run("export", "coco", "ground", "--split=val", "--run=20260101-000000-abcd").err())
        .isEqualTo(
            "Cannot use --split with --run: all detections of a run are exported; remove one of"
                + " them\n");
  }

  @Test
  void exportsADataSetInTheFormatOfYolo() throws IOException {
    importFile("good.json", "labels", "--split=val");

    Outcome first = run("export", "yolo", "labels", "-o", "y", "--images=copy");
    Outcome second = run("export", "yolo", "labels", "-o", "y");
    Outcome json = run("export", "yolo", "labels", "-o", "j", "--images=none", "--format=json");

    Path folder = directory.resolve("y");
    assertThat(first)
        .isEqualTo(
            new Outcome(
                0,
                "",
                "! 1 image (1 val), 1 object in %s\n  no image has the split train, which Ultralytics needs\n"
                    .formatted(folder)));
    assertThat(second)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot write %s: the folder is not empty; choose another one\n"
                    .formatted(folder)));
    assertThat(json)
        .isEqualTo(
            new Outcome(
                0,
                "{\"database\":\"labels\",\"folder\":\"%s\",\"images\":{\"val\":1},\"objects\":1,\"crowds\":0,\"without_polygon\":0,\"missing_files\":0,\"left_out\":{}}\n"
                    .formatted(directory.resolve("j")),
                ""));
    assertThat(folder.resolve("labels/val/a.txt")).hasContent("0 0.025 0.05 0.05 0.1\n");
    assertThat(folder.resolve("images/val/a.jpg")).hasContent("no picture, but a file");
    assertThat(directory.resolve("y.unfinished")).doesNotExist();
    assertThat(run("export", "yolo", "labels", "-o", "k", "--run=x-1", "--labels=polygons").err())
        .isEqualTo("Cannot use --labels=polygons with --run: detections are boxes; remove it\n");
  }

  @Test
  void leavesNoFolderAfterARefusedExport() throws IOException {
    importFile("good.json", "halfway");
    Files.createDirectories(directory.resolve("empty"));
    Files.createDirectories(directory.resolve("taken.unfinished"));

    Outcome refused =
        run("export", "yolo", "halfway", "-o", "empty", "--images=none", "--labels=keypoints");

    assertThat(refused.err())
        .isEqualTo(
            "Cannot export halfway: its annotations have no keypoints, or more than 999; use"
                + " --labels=boxes or --labels=polygons\n");
    assertThat(directory.resolve("empty")).isEmptyDirectory();
    assertThat(directory.resolve("empty.unfinished")).doesNotExist();
    assertThat(run("export", "yolo", "halfway", "-o", "empty", "--images=none").exitCode())
        .isZero();
    assertThat(directory.resolve("empty/data.yaml")).exists();
    assertThat(run("export", "yolo", "halfway", "-o", "taken").err())
        .isEqualTo(
            "Cannot write %1$s: %1$s.unfinished exists, from an export that was interrupted; delete it\n"
                .formatted(directory.resolve("taken")));
    assertThat(run("export", "yolo", "halfway", "-o", "good.json").err())
        .isEqualTo(
            "Cannot write %s: it is not a folder\n".formatted(directory.resolve("good.json")));
    assertThat(run("export", "yolo", "halfway", "-o", "nowhere/x").err())
        .isEqualTo(
            "Cannot write %s: there is no such folder\n".formatted(directory.resolve("nowhere/x")));
  }

  @Test
  void leavesNoFileAfterARefusedExport() {
    Outcome outcome = run("export", "sql", "main", "-o", "none.sql");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(directory.resolve("none.sql")).doesNotExist();
    assertThat(directory.resolve("none.sql.unfinished")).doesNotExist();
  }

  @Test
  void refusesAMissingOutputFolder() {
    assertThat(run("export", "sql", "main", "-o", "nowhere/x.sql"))
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot write "
                    + directory.resolve("nowhere").resolve("x.sql")
                    + ": there is no such folder\n"));
  }

  private static Outcome importFile(String file, String database, String... options) {
    String[] command = {"import", "coco", file, "--images", "pictures", "--into", database};
    String[] all = Arrays.copyOf(command, command.length + options.length);
    System.arraycopy(options, 0, all, command.length, options.length);
    return run(all);
  }

  private static Outcome run(String... arguments) {
    return new CommandLineRunner(directory).with("SEEQL_DATA_DIR", "data").run(arguments);
  }
}
