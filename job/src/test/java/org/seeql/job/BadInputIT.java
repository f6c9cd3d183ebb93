package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.PlanningException;

class BadInputIT {
  @TempDir static Path directory;
  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
  }

  @Test
  void aBadImageCostsOneRowOfFailures() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    Path outside = Files.write(directory.resolve("outside.jpg"), jpeg());
    byte[] whole = jpeg();
    Files.write(root.resolve("good.jpg"), whole);
    Files.write(root.resolve("empty.jpg"), new byte[0]);
    Files.write(root.resolve("truncated.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(root.resolve("text.jpg"), "this is not an image at all, only its name is");
    Files.write(root.resolve("large.png"), hugePngHeader());
    Files.createDirectory(root.resolve("folder.jpg"));
    Files.createSymbolicLink(root.resolve("link.jpg"), outside);
    Files.createSymbolicLink(root.resolve("inner.jpg"), root.resolve("good.jpg"));
    database.execute("CREATE TABLE odd (id INT PRIMARY KEY, path VARCHAR(300))");
    List<String> paths =
        Arrays.asList(
            "good.jpg",
            "inner.jpg",
            root + "/good.jpg",
            "empty.jpg",
            "truncated.jpg",
            "text.jpg",
            "large.png",
            "folder.jpg",
            "link.jpg",
            "../outside.jpg",
            outside.toString(),
            "gone.jpg",
            " ",
            "s3a://bucket/a.jpg");
    for (int i = 0; i < paths.size(); i++) {
      database.execute("INSERT INTO odd VALUES (%d, '%s')".formatted(i, paths.get(i)));
    }
    database.execute("INSERT INTO odd VALUES (99, NULL)");

    RunSummary summary =
        fixture.detect(
            "SELECT * FROM odd",
            "odd_found",
            "--image_dir=" + root,
            "--max_failed_images=100%",
            "--result=image");

    assertThat(database.query("SELECT image_id FROM odd_found ORDER BY image_id"))
        .containsExactly("0", "1", "2");
    assertThat(summary.failed()).isEqualTo(12);
    assertThat(
            database.query(
                "SELECT CONCAT_WS(' ', image_id, stage, reason) FROM seeql.run_failures WHERE"
                    + " run_id = '"
                    + summary.runId()
                    + "' ORDER BY CAST(image_id AS SIGNED)"))
        .containsExactly(
            "3 decode The file is empty",
            "4 decode The JPEG file is truncated: it ends after "
                + whole.length / 2
                + " bytes, before the end of its image",
            "5 decode Not an image: the file starts with 74 68 69 73 20 69 73 20; supported"
                + " formats: JPEG, PNG, WebP, GIF, BMP and TIFF",
            "6 decode The image has 30000x30000 = 900,000,000 pixels, more than the limit of"
                + " 100,000,000 (max_pixels)",
            "7 read It is a folder: " + root + "/folder.jpg",
            "8 read The path 'link.jpg' leaves the image root "
                + root
                + ": a symbolic link leads to "
                + outside,
            "9 read The path '../outside.jpg' leaves the image root " + root,
            "10 read The path '" + outside + "' leaves the image root " + root,
            "11 read There is no such file: " + root + "/gone.jpg",
            "12 read The path is empty",
            "13 read The path 's3a://bucket/a.jpg' leaves the image root " + root,
            "99 read The path is NULL");
  }

  private static byte[] jpeg() throws Exception {
    return Files.readAllBytes(RunFixture.IMAGES.resolve(RunFixture.imageFiles().get(0)));
  }

  /** The first chunk of a PNG file with a declared size of 30,000 x 30,000 pixels. */
  private static byte[] hugePngHeader() throws Exception {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", small);
    byte[] png = small.toByteArray();
    // signature 8, length 4, type 4; then width and height, big endian; 30,000 = 0x7530
    for (int at : new int[] {16, 20}) {
      png[at] = 0;
      png[at + 1] = 0;
      png[at + 2] = 0x75;
      png[at + 3] = 0x30;
    }
    return png;
  }

  @Test
  void tooManyBadImagesFailTheRunWhichAHigherLimitContinues() throws Exception {
    database.execute(
        "CREATE TABLE half_gone (id INT PRIMARY KEY, path VARCHAR(300))",
        "INSERT INTO half_gone SELECT image_id, IF(image_id % 2, file_name, 'gone.jpg') FROM images");
    String program =
        RunFixture.detection(
            "SELECT * FROM half_gone",
            "half",
            "--image_dir=" + RunFixture.IMAGES,
            "--max_failed_images=4",
            "--partitions=24");

    RunFailedException failure =
        catchThrowableOfType(RunFailedException.class, () -> fixture.execute(program));

    String runId = failure.runId();
    assertThat(failure.getMessage())
        .matches(
            "\\QRun %1$s failed: more images failed than --max_failed_images=4 allows for 24 images (\\E\\d+\\Q: read: There is no such file: %2$s/gone.jpg; see SELECT * FROM seeql.run_failures WHERE run_id = '%1$s').\\E \\d+ of 24 partitions are committed, in seeql_test.seeql_staging_%1$s; continue with `seeql run --resume %1$s`"
                .formatted(runId, RunFixture.IMAGES));
    assertThat(database.query("SELECT state FROM seeql.runs WHERE run_id = '" + runId + "'"))
        .containsExactly("failed");
    try (SeeqlSession session = fixture.session(Map.of("max_failed_images", "50%"))) {
      RunSummary resumed = (RunSummary) session.resume(runId);
      assertThat(resumed.skippedPartitions()).isPositive();
      assertThat(resumed.done()).isEqualTo(12);
      assertThat(resumed.failed()).isEqualTo(12);
      assertThat(resumed.failures())
          .containsExactly(
              new FrequentFailure(
                  12,
                  "read",
                  "There is no such file: " + RunFixture.IMAGES + "/gone.jpg",
                  "gone.jpg"));
      assertThat(database.count("half")).isEqualTo(resumed.rows());
    }
  }

  @Test
  void aRunThatIsRequestedAgainKeepsTheLimitOfItsStatement() throws Exception {
    database.execute(
        "CREATE TABLE again_gone (id INT PRIMARY KEY, path VARCHAR(300))",
        "INSERT INTO again_gone SELECT image_id, IF(image_id % 2, file_name, 'gone.jpg') FROM images");
    String program =
        RunFixture.detection(
            "SELECT * FROM again_gone",
            "again",
            "--image_dir=" + RunFixture.IMAGES,
            "--max_failed_images=4");
    OptionSet all = OptionSet.NONE.with("max_failed_images", "100%", "the command line");

    // Like a workflow that retries a step
    for (int attempt = 0; attempt < 2; attempt++) {
      try (SeeqlSession session = fixture.namedSession("again-1", all, RunListener.NONE)) {
        assertThatThrownBy(() -> RunFixture.run(session, program))
            .isInstanceOf(RunFailedException.class)
            .hasMessageContaining("more images failed than --max_failed_images=4 allows");
      }
    }
  }

  @Test
  void resumingDoesNotGetRoundTheLimitOfARunThatIsCommittedToItsEnd() throws Exception {
    database.execute(
        "CREATE TABLE few_gone (id INT PRIMARY KEY, path VARCHAR(300))",
        "INSERT INTO few_gone SELECT image_id, IF(image_id % 2, file_name, 'gone.jpg') FROM images");
    String program =
        RunFixture.detection(
            "SELECT * FROM few_gone",
            "few",
            "--image_dir=" + RunFixture.IMAGES,
            "--max_failed_images=2",
            "--partitions=1");
    RunFailedException failure =
        catchThrowableOfType(RunFailedException.class, () -> fixture.execute(program));
    database.execute(
        "UPDATE seeql.run_partitions SET state = 'committed', images = 24, failed = 12"
            + " WHERE run_id = '"
            + failure.runId()
            + "'");

    try (SeeqlSession session = fixture.session(Map.of())) {
      assertThatThrownBy(() -> session.resume(failure.runId()))
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining(
              "more images failed than --max_failed_images=2 allows for 24 images (");
    }
  }

  @Test
  void aRunThatIsStoppedBeforeItsFirstCommitSaysWhatFailed() throws Exception {
    database.execute(
        "CREATE TABLE first_gone (id INT PRIMARY KEY, path VARCHAR(300))",
        "INSERT INTO first_gone SELECT image_id, IF(image_id < 106, 'gone.jpg', file_name) FROM"
            + " images");
    String program =
        RunFixture.detection(
            "SELECT * FROM first_gone ORDER BY id",
            "stopped",
            "--image_dir=" + RunFixture.IMAGES,
            "--max_failed_images=4",
            "--partitions=1",
            "--latency=200");

    RunFailedException failure =
        catchThrowableOfType(RunFailedException.class, () -> fixture.execute(program));

    assertThat(failure)
        .hasMessage(
            "Run %1$s failed: more images failed than --max_failed_images=4 allows for 24 images (the first: 'gone.jpg': There is no such file: %2$s/gone.jpg). 0 of 1 partitions are committed, in seeql_test.seeql_staging_%1$s; continue with `seeql run --resume %1$s`"
                .formatted(failure.runId(), RunFixture.IMAGES));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    """
                    SELECT nowhere FROM images
                    TO RUN any CMD 'detect', '--model=scuot', '--image_dir=/no/such/folder'
                    INTO no_database.t"""))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 4 problems
              - The database refuses the SELECT: %s
              - Unknown model 'scuot'; known: scout, places
              - Cannot use the image root /no/such/folder: there is no such folder
              - Unknown database 'no_database' of the target no_database.t; create it with CREATE DATABASE"""
                .formatted(database.refusal("SELECT nowhere FROM images")));
  }

  private static void assertRefused(String program, String problem) {
    assertThatThrownBy(() -> fixture.execute(program))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }

  @Test
  void refusesATableWithoutTheNeededColumns() throws Exception {
    assertThatThrownBy(() -> fixture.detect("SELECT taken, extra FROM images", "refused"))
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 2 problems
              - The SELECT has no column with the path of an image: expected 'path' or 'file_name', found taken, extra; use --path_column=COLUMN
              - The SELECT has no column with the id of an image: expected 'image_id', 'id' or a primary key, found taken, extra; use --id_column=COLUMN""");
    assertRefused(
        RunFixture.detection("SELECT * FROM images", "refused", "--path_column=filename"),
        "Unknown column 'filename'; known: file_name, taken, extra, image_id; it comes from path_column");
  }

  @Test
  void refusesATableThatIsNotThere() throws Exception {
    database.execute("CREATE DATABASE lonely", "CREATE TABLE lonely.images (id INT)");

    assertRefused(
        RunFixture.detection("SELECT * FROM lonely.imagse", "refused"),
        "The database refuses the SELECT: Table 'lonely.imagse' doesn't exist. Unknown table of lonely 'imagse'; known: images");
    assertThatThrownBy(() -> fixture.detect("SELECT * FROM lonly.images", "refused"))
        .hasMessageStartingWith(
            "Cannot run the statement at line 1, column 1: The database refuses the SELECT: %s. Unknown database 'lonly'; known: lonely, "
                .formatted(database.refusal("SELECT * FROM lonly.images")));
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    assertRefused(
        RunFixture.detection("SELECT i.*, j.image_id FROM images i, images j", "refused"),
        "The SELECT has two columns 'image_id'; give one of them another name with AS");
  }

  @Test
  void refusesATargetThatIsRead() throws Exception {
    database.execute("CREATE TABLE read_too LIKE images");

    assertRefused(
        RunFixture.detection(
            "SELECT * FROM images JOIN read_too USING (image_id, file_name, taken, extra)",
            "read_too",
            "--mode=overwrite"),
        "The SELECT reads the target seeql_test.read_too; write the result into another table");
  }

  @Test
  void refusesToAppendToWhatDoesNotFit() throws Exception {
    database.execute("CREATE TABLE other_shape (run_id VARCHAR(40), must INT NOT NULL)");

    assertThatThrownBy(() -> fixture.detect("SELECT * FROM images", "other_shape", "--mode=append"))
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 2 problems
              - Cannot append to seeql_test.other_shape: it has no column image_id, file_name, detection, class_id, label, score, x_min, y_min, x_max, y_max, model
              - Cannot append to seeql_test.other_shape: the result has no value for its column must, which has no default""");
  }

  @Test
  void refusesAModelForAnotherTask() {
    assertRefused(
        "SELECT * FROM images TO RUN any CMD 'classify', '--model=scout' INTO refused",
        "Program 'classify' needs to classify, but model 'scout' can only detect");
  }

  @Test
  void refusesAModelThatIsThere() {
    assertThatThrownBy(
            () -> fixture.execute("CREATE MODEL scout OPTIONS (uri = 'models/scout.onnx')"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'scout': it is already registered (version 1); replace it with CREATE OR REPLACE MODEL");
  }

  @Test
  void refusesAModelFileThatIsNotThere() {
    assertThatThrownBy(
            () -> fixture.execute("CREATE MODEL lost OPTIONS (uri = 'models/lost.onnx')"))
        .hasMessage(
            "Cannot read the model file://"
                + RunFixture.DEMO
                + "/models/lost.onnx: there is no such file");
  }

  @Test
  void refusesAWrongPassword() {
    DatabaseConnector right = database.connector();
    DatabaseConnector wrong = new DatabaseConnector(right.url(), right.user(), "wrong");

    assertThatThrownBy(() -> RunFixture.session(wrong, directory, Map.of(), RunListener.NONE))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot connect to %s as '%s': the server refuses the user or the password; check --user"
                    .formatted(right.address(), right.user())
                + " and SEEQL_DATABASE_PASSWORD");
  }

  @Test
  void refusesAServerThatIsNotThere() {
    DatabaseConnector nowhere = new DatabaseConnector("jdbc:mysql://127.0.0.1:1/db", "a", "b");

    assertThatThrownBy(() -> RunFixture.session(nowhere, directory, Map.of(), RunListener.NONE))
        .hasMessage(
            "Cannot connect to jdbc:mysql://127.0.0.1:1/db as 'a': no server answers at this"
                + " address; check the address, and whether the server runs");
  }

  @Test
  void knowsTheNearestRuns() throws Exception {
    String runId = fixture.detect("SELECT * FROM images LIMIT 1", "one_run").runId();
    String wrong = runId.substring(0, runId.length() - 1) + "#";

    try (SeeqlSession session = fixture.session()) {
      assertThatThrownBy(() -> session.resume(wrong))
          .isInstanceOf(RefusalException.class)
          .hasMessageStartingWith("Unknown run '" + wrong + "'; known: " + runId);
      assertThatThrownBy(() -> session.resume(runId))
          .hasMessage(
              "Run "
                  + runId
                  + " has succeeded: there is nothing to resume; its rows are in"
                  + " seeql_test.one_run");
    }
  }
}
