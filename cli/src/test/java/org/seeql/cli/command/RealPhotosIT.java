package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.database.embedded.EmbeddedDatabase;

/**
 * Compares TO EVALUATE on real photos with pycocotools: for a detector and for a variation of it,
 * and for the same photos imported from COCO's format and from YOLO's. It is skipped without the
 * photos, and without a Python ({@code seeql.python}, or else python3) that has pycocotools.
 */
class RealPhotosIT {
  private static final Pattern RUN = Pattern.compile("run (\\d{8}-\\d{6}-\\w{4})");
  private static final String SCORES =
      """
      import sys
      from pycocotools.coco import COCO
      from pycocotools.cocoeval import COCOeval
      truth = COCO(sys.argv[1])
      evaluation = COCOeval(truth, truth.loadRes(sys.argv[2]), "bbox")
      evaluation.evaluate(); evaluation.accumulate(); evaluation.summarize()
      print("scores", evaluation.stats[0], evaluation.stats[1])
      """;

  @TempDir static Path directory;

  private static final String PYTHON = System.getProperty("seeql.python", "python3");
  private static EmbeddedDatabase server;

  @BeforeAll
  static void importThePhotosTwice() throws Exception {
    Optional<Path> real =
        Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
            .map(folder -> folder.resolve("shared/real"))
            .filter(Files::isDirectory)
            .findFirst();
    assumeTrue(real.isPresent(), "no shared/real next to the checkout");
    Path coco = real.get().resolve("coco");
    assumeTrue(Files.isRegularFile(coco.resolve("instances.json")), "no photos in " + coco);
    assumeTrue(hasPycocotools(), PYTHON + " is missing or has no pycocotools");
    succeed(
        "import",
        "coco",
        coco.resolve("instances.json").toString(),
        "--images",
        coco.resolve("images").toString(),
        "--into",
        "from_coco");
    succeed("export", "yolo", "from_coco", "--output", "yolo", "--images", "copy");
    succeed("import", "yolo", "yolo/data.yaml", "--into", "from_yolo");
    succeed(
        "run",
        "-e",
        "CREATE MODEL real OPTIONS (uri = '%s', labels = 'coco80', input_size = 640);"
                .formatted(real.get().resolve("yolov5n_640_dyn.onnx"))
            + "CREATE MODEL worse OPTIONS (base = 'real', accuracy = 0.7)");
    server = EmbeddedDatabase.start(directory.resolve("data"));
  }

  @AfterAll
  static void stopTheServer() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"from_coco, real", "from_coco, worse", "from_yolo, real", "from_yolo, worse"})
  void averagePrecisionIsThatOfPycocotools(String database, String model) throws Exception {
    String table = database + ".scores_" + model;
    succeed(
        "run",
        "-e",
        "SELECT * FROM %s.images TO EVALUATE %s WITH batch_size = 8 INTO %s"
            .formatted(database, model, table));
    List<String> own =
        succeed(
                "run",
                "--format=csv",
                "-e",
                "SELECT ap, ap50 FROM %s WHERE scope = 'overall'".formatted(table))
            .out()
            .lines()
            .toList();
    Outcome run =
        succeed(
            "run",
            "-e",
            "SELECT * FROM %s.images TO RUN x CMD 'detect', '--model=%s', '--confidence=0.001' INTO %s.all_%2$s"
                .formatted(database, model, database));
    Matcher id = RUN.matcher(run.err());
    assertThat(id.find()).as(run.err()).isTrue();
    succeed("export", "coco", database, "--output", database + "_truth.json");
    succeed("export", "coco", database, "--run", id.group(1), "--output", table + ".json");

    String printed =
        python("-c", SCORES, database + "_truth.json", table + ".json")
            .replaceAll("(?s).*scores ", "");

    double[] expected =
        Stream.of(printed.strip().split(" ")).mapToDouble(Double::parseDouble).toArray();
    String[] actual = own.get(1).split(",");
    assertThat(Double.parseDouble(actual[0])).isCloseTo(expected[0], within(1e-3)).isPositive();
    assertThat(Double.parseDouble(actual[1])).isCloseTo(expected[1], within(1e-3));
  }

  private static Outcome succeed(String... arguments) {
    Outcome outcome =
        new CommandLineRunner(directory)
            .with("SEEQL_DATA_DIR", directory.resolve("data").toString())
            .run(arguments);
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  private static boolean hasPycocotools() throws InterruptedException {
    try {
      return python("-c", "import pycocotools").startsWith("0\n");
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** The exit code of Python and what it prints. */
  private static String python(String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of(PYTHON), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() + "\n" + printed;
  }
}
