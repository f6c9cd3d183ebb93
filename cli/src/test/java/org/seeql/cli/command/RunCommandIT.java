package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.database.embedded.EmbeddedDatabase;

/** Runs complete command lines on the embedded database, one after another. */
class RunCommandIT {
  private static final Path MODELS = Path.of("..", "demo", "models").toAbsolutePath().normalize();

  @TempDir static Path directory;

  /** Keeps the server of the commands running, which otherwise starts and stops with each one. */
  private static EmbeddedDatabase server;

  @BeforeAll
  static void importImagesAndRegisterAModel() throws IOException {
    Path photos = Files.createDirectory(directory.resolve("photos"));
    for (int i = 1; i <= 5; i++) {
      writePicture(photos.resolve("p" + i + ".jpg"));
    }
    Files.writeString(photos.resolve("notes.txt"), "no image");

    Outcome imported = run("import", "folder", "photos", "--into", "shop.images");

    assertThat(imported)
        .isEqualTo(
            new Outcome(
                0,
                "",
                "✓ shop.images: 5 images added, 0 known, 1 file skipped\n"
                    + "  skipped notes.txt: Not an image: the file starts with 6e 6f 20 69 6d 61"
                    + " 67 65; supported formats: JPEG, PNG, WebP, GIF, BMP and TIFF\n"));
    assertThat(run("import", "folder", "photos", "--into", "shop.images").err())
        .startsWith("✓ shop.images: 0 images added, 5 known, 1 file skipped\n");
    Files.createDirectory(directory.resolve("programs"));
    Files.createSymbolicLink(directory.resolve("programs/models"), MODELS);
    Files.writeString(
        directory.resolve("programs/models.sql"),
        """
        CREATE OR REPLACE MODEL places OPTIONS (
          uri = 'models/places.onnx', layout = 'classification', input_size = 128, normalization = 'none',
          labels = 'models/places.labels.txt');
        """);
    assertThat(run("run", "programs/models.sql").exitCode()).isZero();
    server = EmbeddedDatabase.start(directory.resolve("data"));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void runsAModelAndPrintsItsRowsLater() {
    Outcome predicted =
        run(
            "run",
            "--partitions=2",
            "-e",
            "SELECT image_id, file_name FROM shop.images TO PREDICT shop.places.place USING places");

    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    assertThat(predicted.out()).isEmpty();
    assertThat(predicted.err())
        .contains(": 5 images through places in ")
        .contains("  failed  none\n  rows    5 in shop.places\n")
        .contains(", 2 partitions\n");
    Outcome rows =
        run(
            "run",
            "--format=csv",
            "-e",
            "SELECT image_id, file_name, place_score BETWEEN 0 AND 1 AS sure FROM shop.places ORDER BY"
                + " image_id");
    assertThat(rows)
        .isEqualTo(
            new Outcome(
                0,
                "image_id,file_name,sure\r\n1,p1.jpg,1\r\n2,p2.jpg,1\r\n3,p3.jpg,1\r\n4,p4.jpg,1\r\n5,p5.jpg,1\r\n",
                ""));
  }

  @Test
  void runsAProgramFromStandardInput() {
    Outcome outcome =
        runner()
            .withInput("CREATE TABLE IF NOT EXISTS t (n INT); SELECT 1 AS n; SELECT 'ä' AS s;")
            .run("run", "-", "--format=json");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                0,
                "[\n{\"statement\":2,\"rows\":[\n{\"n\":1}\n]\n},\n"
                    + "{\"statement\":3,\"rows\":[\n{\"s\":\"ä\"}\n]\n}]\n",
                "0 rows changed\n"));
  }

  @Test
  void writesTheRowsIntoAFileOnlyIfTheProgramSucceeds() throws IOException {
    Path file = directory.resolve("rows.csv");
    Outcome good =
        run("run", "--format=csv", "-o", "rows.csv", "--quiet", "-e", "USE shop; SELECT 1 AS n");

    assertThat(good).isEqualTo(new Outcome(0, "", ""));
    assertThat(file).hasContent("n\n1");

    Outcome bad =
        run(
            "run",
            "--format=csv",
            "-o",
            "rows.csv",
            "--quiet",
            "-e",
            "SELECT 2 AS n; SELECT 3 FROM t9");

    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.err()).startsWith("Cannot execute the statement at line 1, column 16");
    assertThat(file).hasContent("n\n1");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(n -> n.startsWith(".rows"));
    }
  }

  @Test
  void reportsTheDatabaseThatUseSelects() {
    assertThat(run("run", "-e", "USE shop")).isEqualTo(new Outcome(0, "", "Database shop\n"));
  }

  @Test
  void suggestsAForgottenTo() {
    assertThat(
            run("run", "-e", "SELECT * FROM shop.images PREDICT shop.x.place USING places").err())
        .endsWith("; a clause of SeeQL starts with TO: write TO PREDICT\n");
    assertThat(run("run", "-e", "SELECT * FORM shop.images").err()).doesNotContain("a clause of");
  }

  @Test
  void showsRunsAsTheCommandDoes() {
    run(
        "run",
        "-e",
        "SELECT image_id, file_name FROM shop.images TO PREDICT shop.listed.place USING places");

    Outcome shown = run("run", "-e", "show runs limit 1", "--format=csv");

    assertThat(shown.out()).isEqualTo(run("runs", "--limit=1", "--format=csv").out());
    assertThat(shown.out().lines().skip(1)).singleElement().asString().contains("shop.listed");
    assertThat(run("run", "-e", "SHOW RUNS LIMIT 0").err()).contains("expected: a number from 1");
  }

  @Test
  void listsTheModelsAsTheStatementDoes() {
    assertThat(run("models", "--format=csv"))
        .isEqualTo(run("run", "-e", "SHOW MODELS", "--format=csv"));
  }

  @Test
  void runsTheShortFormOfARun() {
    Outcome outcome =
        run(
            "run",
            "-e",
            "SELECT image_id, file_name FROM shop.images TO RUN classify WITH model = places INTO"
                + " shop.short_form");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("  rows    5 in shop.short_form\n");
  }

  @Test
  void showsTheModels() {
    Outcome outcome = run("run", "-e", "SHOW MODELS", "--format=csv");

    assertThat(outcome.out().lines().toList().get(0))
        .isEqualTo("name,version,task,layout,engine,input,classes,base,created");
    assertThat(outcome.out()).contains("places,1,classify,classification,onnx,128x128,6,");
  }

  @Test
  void closesTheJsonArrayIfTheDatabaseFailsBetweenRows() {
    Outcome outcome =
        run(
            "run",
            "--format=json",
            "-e",
            "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i,"
                + " IF(i < 3, i, (SELECT 1 UNION SELECT i)) AS v FROM n");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "[\n{\"i\":1,\"v\":1},\n{\"i\":2,\"v\":2}\n]\n",
                "Cannot read the rows: Subquery returns more than 1 row\n"));
  }

  @Test
  void refusesCsvSafeForOtherFormats() {
    Outcome outcome = run("run", "--csv-safe", "-e", "SELECT 1");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot use --csv-safe with --format=table: it applies to CSV only; use "
                    + "--format=csv\n"));
  }

  @Test
  void writesCsvWithoutSpreadsheetFormulas() {
    Outcome outcome = run("run", "--format=csv", "--csv-safe", "-e", "SELECT '=1+1' AS a, -1 AS b");

    assertThat(outcome).isEqualTo(new Outcome(0, "a,b\r\n'=1+1,-1\r\n", ""));
  }

  @Test
  void stopsAtTheFirstStatementThatIsRefused() {
    Outcome outcome =
        run("run", "--format=csv", "-e", "SELECT 1 AS a;\nSELECT * FROM shop.nothing;\nSELECT 2");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "a\r\n1\r\n",
                "Cannot execute the statement at line 2, column 1: Table 'shop.nothing' doesn't"
                    + " exist\n"));
  }

  @Test
  void refusesAnUnknownModelOfALaterStatementBeforeTheFirstOne() {
    Outcome outcome =
        run(
            "run",
            "-e",
            """
            CREATE TABLE shop.never (n INT);
            CREATE MODEL later OPTIONS (base = 'places', accuracy = 0.9);
            SELECT * FROM shop.never TO PREDICT shop.x.place USING later;
            SELECT * FROM shop.images TO PREDICT shop.x.place USING place;
            DROP MODEL later;
            EXPLAIN SELECT * FROM shop.images TO PREDICT shop.x.place USING later
            """);

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                Cannot run the statement at line 4, column 1: Unknown model 'place'; known: places
                Cannot run the statement at line 6, column 1: Unknown model 'later'; known: places
                No statement of the program was executed
                """));
    assertThat(run("run", "--format=csv", "-e", "SHOW TABLES IN shop LIKE 'never'").out().lines())
        .hasSize(1);
  }

  @Test
  void refusesAnUnknownModelWithTheNearest() {
    Outcome outcome =
        run("run", "-e", "SELECT * FROM shop.images TO PREDICT shop.x.place USING place");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot run the statement at line 1, column 1: Unknown model 'place'; known:"
                    + " places\n"));
  }

  @Test
  void reportsEveryBadOptionOfTheCommandLine() {
    Outcome outcome =
        run(
            "run",
            "--batch_size=none",
            "--confidence=2",
            "-e",
            "SELECT * FROM shop.images TO PREDICT shop.x.place USING places");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                """
                Cannot run the statement at line 1, column 1: 2 problems
                  - Invalid value for batch_size: 'none' (a whole number from 1, or auto); it comes \
                from the command line (--batch-size)
                  - Invalid value for confidence: '2' (a number from 0 to 1); it comes from the \
                command line (--confidence)
                """));
  }

  @Test
  void refusesToResumeAnUnknownRun() {
    Outcome outcome = run("run", "--resume", "nothing");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("Unknown run 'nothing'");
  }

  @Test
  void reportsThatNoServerAnswers() {
    List<String> port =
        runner()
            .with("SEEQL_DATA_DIR", "other-data")
            .run("run", "--format=csv", "-e", "SELECT @@port")
            .out()
            .lines()
            .skip(1)
            .toList();

    Outcome outcome =
        runner()
            .with("SEEQL_DATABASE_PASSWORD", "wrong")
            .run(
                "run",
                "--database=jdbc:mysql://127.0.0.1:" + port.get(0) + "/main",
                "--user=seeql",
                "-e",
                "SELECT 1");

    // the embedded server of the previous command has stopped, because no process uses it
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot connect to jdbc:mysql://127.0.0.1:"
                    + port.get(0)
                    + "/main as 'seeql': no server answers at this address; check the address, and"
                    + " whether the server runs\n"));
  }

  @Test
  void saysThatTheServerRefusesThePassword() {
    String url = server.connector().url();

    Outcome outcome =
        runner()
            .with("SEEQL_DATABASE_PASSWORD", "wrong")
            .run("run", "--database", url, "--user=seeql", "-e", "SELECT 1");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Cannot connect to "
                    + server.connector().address()
                    + " as 'seeql': the server refuses the user or the password; check --user and"
                    + " SEEQL_DATABASE_PASSWORD\n"));
  }

  @Test
  void worksOnAServerOfTheUsers() throws IOException {
    Files.writeString(directory.resolve("pw"), server.connector().password() + "\n");

    Outcome outcome =
        run(
            "run",
            "--database=" + server.connector().url(),
            "--user=seeql",
            "--password-file=pw",
            "--format=csv",
            "-e",
            "SELECT COUNT(*) AS n FROM shop.images");

    assertThat(outcome).isEqualTo(new Outcome(0, "n\r\n5\r\n", ""));
  }

  @Test
  void writesThePageOfARun() {
    run(
        "run",
        "-e",
        "SELECT image_id, file_name FROM shop.images TO PREDICT shop.paged.place USING places");
    String runId =
        run(
                "run",
                "--format=csv",
                "-e",
                "SELECT run_id FROM seeql.runs WHERE target_table = 'paged'")
            .out()
            .lines()
            .toList()
            .get(1);

    Outcome outcome = run("report", runId, "-o", "page.html");

    assertThat(outcome).isEqualTo(new Outcome(0, directory.resolve("page.html") + "\n", ""));
    assertThat(directory.resolve("page.html")).content().contains(runId, "p3.jpg");
  }

  private static Outcome run(String... arguments) {
    return runner().run(arguments);
  }

  private static CommandLineRunner runner() {
    return new CommandLineRunner(directory).with("SEEQL_DATA_DIR", "data");
  }

  private static void writePicture(Path file) throws IOException {
    BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.ORANGE);
    graphics.fillRect(0, 24, 64, 24);
    graphics.dispose();
    ImageIO.write(picture, "jpg", file.toFile());
  }
}
