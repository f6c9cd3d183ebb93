package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.ModelDetails;
import org.seeql.job.StatementResult.TrainingSummary;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

/** Trains on the demo's pictures for profiles, and measures on those for display. */
class TrainIT {
  private static final String PLACES = "SELECT image_id, file_name, place FROM train_demo.images ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "train_demo", "profile");
    LabelledDemo.load(database, "train_show", "show");
    fixture.execute(
        "CREATE OR REPLACE MODEL sentinel OPTIONS (uri = 'models/sentinel.onnx',"
            + " layout = 'yolov8', input_size = 416, labels = 'models/sentinel.labels.txt');"
            + "CREATE MODEL script OPTIONS (uri = 'models/scout.torchscript', layout = 'yolov8',"
            + " input_size = 160, labels = 'models/scout.labels.txt')");
  }

  @AfterAll
  static void drop() throws Exception {
    fixture.execute(
        "DROP MODEL sentinel; DROP MODEL script; DROP MODEL IF EXISTS place_of; DROP MODEL IF"
            + " EXISTS place_again; DROP MODEL IF EXISTS held_places; DROP MODEL IF EXISTS"
            + " shown_places; DROP MODEL IF EXISTS animals_in");
    database.execute(
        "DELETE FROM seeql.model_profiles WHERE model IN ('place_of', 'place_again', 'held_places', 'shown_places',"
            + " 'animals_in')",
        "DROP DATABASE train_demo",
        "DROP DATABASE train_show");
  }

  private static TrainingSummary train(String program) {
    return (TrainingSummary) fixture.execute(program);
  }

  private static Path fileOf(String model) throws Exception {
    return Path.of(
        URI.create(
            database
                .query(
                    "SELECT uri FROM seeql.models WHERE name = '%s' ORDER BY version DESC LIMIT 1"
                        .formatted(model))
                .get(0)));
  }

  @Test
  void trainsAClassifierOnTheFeaturesOfADetector() throws Exception {
    TrainingSummary summary =
        train(
            PLACES
                + "TO TRAIN classifier WITH backbone = scout, seed = 7 LABEL place INTO place_of");

    assertThat(summary.findings().get("layer"))
        .isEqualTo(
            "/network/backbone/stages.4/stages.4.1/Add_output_0 of scout, version 1: 64 features");
    assertThat(
            database.query(
                "SELECT name, task, layout, class_names FROM seeql.models WHERE name = 'place_of'"))
        .containsExactly(
            "place_of|classify|classification|"
                + "[\"beach\",\"indoor\",\"meadow\",\"night\",\"snow\",\"street\"]");
    fixture.execute(
        "SELECT * FROM train_show.images TO PREDICT place_answers.place_found USING place_of");
    assertThat(database.query("SELECT SUM(place_found = place) >= 97, COUNT(*) FROM place_answers"))
        .containsExactly("1|100");
  }

  @Test
  void showsHowAModelWasTrained() {
    train(PLACES + "TO TRAIN classifier WITH backbone = places LABEL place INTO shown_places");
    ModelDetails shown = (ModelDetails) fixture.execute("SHOW TRAIN shown_places");

    assertThat(shown.properties().get("statement")).contains("TO TRAIN classifier");
    assertThat(shown.properties().get("layer"))
        .isEqualTo("/network/ReduceMean_output_0 of places, version 1: 48 features");
    assertThat(shown.properties().get("class snow"))
        .matches("training \\d+, validation \\d+, holdout \\d+, precision .*, f1_high .*");
    assertThat(shown.properties().get("regularisation 3"))
        .matches("training loss \\S+, validation loss \\S+, validation accuracy \\S+");
    assertThat(shown.properties().get("answers for snow")).contains("snow ");
    assertThat(shown.properties()).containsKeys("seconds of fit", "failed", "run");
    assertThatThrownBy(() -> fixture.execute("SHOW TRAIN scout"))
        .hasMessage(
            "No training created model 'scout', version 1; DESCRIBE MODEL scout shows its"
                + " properties");
  }

  @Test
  void refusesATaggerWithoutCounterexamples() {
    String clause = " TO TRAIN tagger WITH backbone = scout LABEL place INTO x";
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT image_id, file_name, 'all' AS place FROM train_demo.images" + clause))
        .hasMessageContaining(
            "Only 0 images do not show the class 'all' (at least 5); also select images without it,"
                + " for example with a LEFT JOIN");
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT image_id, file_name, NULL AS place FROM train_demo.images" + clause))
        .hasMessageContaining(
            "The SELECT returns no labels: the column 'place' is NULL, or there are no rows");
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT 1 AS image_id, file_name, place FROM train_demo.images" + clause))
        .hasMessageContaining(
            "The image with the id 1 has several values in the column 'file_name', but an image has"
                + " one");
  }

  @Test
  void writesTheSameFileForTheSameDataAndSeed() throws Exception {
    String statement =
        PLACES
            + "%s TO TRAIN classifier WITH backbone = scout, seed = %d, partitions = %d LABEL place"
            + " INTO place_again";
    train(statement.formatted("", 3, 2));
    byte[] first = Files.readAllBytes(fileOf("place_again"));
    train(statement.formatted("ORDER BY file_name DESC", 3, 5));

    assertThat(Files.readAllBytes(fileOf("place_again"))).isEqualTo(first);
    assertThat(
            database.query(
                "SELECT COUNT(*), COUNT(DISTINCT sha256) FROM seeql.models WHERE name ="
                    + " 'place_again'"))
        .containsExactly("2|1");
    train(statement.formatted("", 4, 2));
    assertThat(Files.readAllBytes(fileOf("place_again"))).isNotEqualTo(first);
  }

  @Test
  void trainsATaggerFromDetections() throws Exception {
    fixture.execute(
        "SELECT * FROM train_demo.images TO RUN a/b CMD 'detect', '--model=sentinel',"
            + " '--confidence=0.4' INTO train_demo.found");
    TrainingSummary summary =
        train(
            "SELECT i.image_id, i.file_name, f.label FROM train_demo.images i LEFT JOIN"
                + " train_demo.found f ON f.image_id = i.image_id AND f.label IN ('person', 'dog',"
                + " 'cat') TO TRAIN tagger WITH backbone = scout, classes = 'person, dog', seed = 7, confidence = 0.5 LABEL label INTO"
                + " animals_in");

    assertThat(summary.run().images()).isEqualTo(100);
    assertThat(summary.findings().get("quality")).startsWith("mean F1 ");
    assertThat(
            ((ModelDetails) fixture.execute("DESCRIBE MODEL animals_in"))
                .properties()
                .get("profile"))
        .contains("train_demo.images/holdout");
    fixture.execute(
        "SELECT * FROM train_show.images TO FIND 'person' WITH dataset ="
            + " 'train_demo.images/holdout', min_recall = 0.01 INTO train_show.persons");
    assertThat(database.count("train_show.persons")).isPositive();
  }

  /** The profile has the figures that an evaluation of the file on the held-out images gives. */
  @Test
  void measuresTheHoldoutAsAnEvaluationDoes() throws Exception {
    train(
        "SELECT image_id, file_name, place, IF(CRC32(file_name) % 4 = 0, 'test', 'train') AS split FROM"
            + " train_demo.images TO TRAIN classifier WITH backbone = scout, dataset = 'own'"
            + " LABEL place INTO held_places");
    fixture.execute(
        "SELECT image_id, file_name, place FROM train_demo.images WHERE CRC32(file_name) % 4 = 0"
            + " TO EVALUATE held_places WITH dataset = 'checked' LABEL place INTO held_scores");

    String figures =
        "SELECT c.class_name, c.images_shown, c.true_positives, c.false_positives,"
            + " HEX(c.labelled), HEX(c.answered) FROM seeql.model_profiles p JOIN"
            + " seeql.model_profile_classes c USING (profile_id) WHERE p.model = 'held_places' AND"
            + " p.dataset = '%s' ORDER BY 1";
    assertThat(database.query(figures.formatted("own")))
        .hasSize(6)
        .containsExactlyElementsOf(database.query(figures.formatted("checked")));
    assertThat(
            database.query(
                "SELECT accuracy > 0.9, LENGTH(sample_ids) > 0 FROM seeql.model_profiles"
                    + " WHERE model = 'held_places' AND dataset = 'own'"))
        .containsExactly("1|1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          classifier WITH backbone = script LABEL place INTO x | Cannot train on the features of 'script': it has no ONNX file, and the graph of a TorchScript file cannot be cut; export the model as ONNX, and register it with both files
          classifier WITH backbone = places, layer = 'ReduceMean_output' LABEL place INTO x | Unknown layer 'ReduceMean_output'; known: /network/ReduceMean_output_0, output, /network/predict/Gemm_output_0,
          classifier WITH backbone = scout LABEL nothing INTO x | Unknown column 'nothing'; known: place, file_name, image_id; it comes from LABEL
          classifier WITH backbone = scout LABEL place INTO places | Model 'places' exists and no training created it; choose another name, or drop it with DROP MODEL
          classifier WITH backbone = scout, classes = 'beach, snwo' LABEL place INTO x | Unknown label 'snwo'; known: snow,
          classifier WITH backbone = scout LABEL file_name INTO x | The column 'file_name' identifies images, so it cannot contain their labels; name another column after LABEL
          """)
  void refuses(String clause, String message) throws Exception {
    assertThatThrownBy(() -> fixture.execute(PLACES + "TO TRAIN " + clause))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(message);
    assertThat(database.query("SELECT * FROM seeql.models WHERE name = 'x'")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          image_id, file_name, 'all' AS place FROM train_demo.images | All images have the label 'all', but a classifier needs at least two classes; select images of other classes
          image_id, file_name, IF(image_id < 4, 'few', place) AS place FROM train_demo.images | Class 'few' has only 3 images (at least 5): add images, or name the other classes in the option classes
          image_id, file_name, IF(image_id < 4, 'snow ', place) AS place FROM train_demo.images | Class 'snow ' has only 3 images (at least 5): add images, or name the other classes in the option classes
          image_id, file_name, place, IF(image_id < 4, 'eval', 'train') AS split FROM train_demo.images | Unknown part 'eval'; known: val, test, train; it comes from the column 'split'; leave the column out to split the images by their content
          image_id, file_name, place, IF(place = 'snow', 'test', 'train') AS split FROM train_demo.images | The column 'split' assigns no image of the class 'snow' to training; change the column, or leave it out to split the images by their content
          image_id, file_name, place, IF(place IN ('snow', 'beach'), 'val', NULL) AS split FROM train_demo.images | The column 'split' assigns no image of the class 'beach' to training, and none of 1 other classes; change the column, or leave it out to split the images by their content
          image_id, file_name, IF(image_id % 7 < 3, place, CONCAT(place, ' ')) AS place FROM train_demo.images | The labels 'beach' and 'beach ' differ only in spaces at their end; correct the labels, for example with TRIM(place) AS place
          image_id, file_name, IF(place = 'snow', NULL, place) AS place FROM train_demo.images | The label column 'place' is NULL in 17 of 100 rows; leave these rows out with WHERE place IS NOT NULL
          image_id, file_name, a.category_id AS place FROM train_demo.images JOIN train_demo.annotations a USING (image_id) | but an image of a classifier has one label; select each image once, or use TO TRAIN tagger
          """)
  void refusesLabels(String select, String message) {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT "
                        + select
                        + " TO TRAIN classifier WITH backbone = scout LABEL place INTO x"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(message);
  }

  @Test
  void resumesATrainingThatCouldNotWriteItsFile() throws Exception {
    Path blocked = fixture.directory().resolve("blocked");
    Files.writeString(blocked, "a file in place of the folder");
    SessionOptions options =
        RunFixture.options(fixture.directory(), Map.of()).withTrainedModels(blocked);
    String runId;
    try (SeeqlSession session =
        RunFixture.session(database.connector(), options, RunListener.NONE)) {
      runId =
          catchThrowableOfType(
                  RunFailedException.class,
                  () ->
                      RunFixture.run(
                          session,
                          PLACES
                              + "TO TRAIN classifier WITH backbone = scout LABEL place INTO"
                              + " resumed_places"))
              .runId();
      assertThat(
              database.query(
                  "SELECT error LIKE '%Cannot write the trained model ''resumed_places'' into%'"
                      + " FROM seeql.runs WHERE run_id = '"
                      + runId
                      + "'"))
          .containsExactly("1");
      assertThat(database.query("SELECT * FROM seeql.models WHERE name = 'resumed_places'"))
          .isEmpty();
      Files.delete(blocked);

      TrainingSummary summary = (TrainingSummary) session.resume(runId);

      assertThat(summary.run().inferred()).isZero();
      assertThat(summary.findings().get("trained")).startsWith("resumed_places, version 1");
    }
    assertThat(Files.list(blocked)).hasSize(1);
    assertThat(
            database.query(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'seeql' AND"
                    + " table_name LIKE '%"
                    + runId
                    + "'"))
        .isEmpty();
    fixture.execute("DROP MODEL resumed_places");
  }

  @Test
  void isExplainedWithItsOwnOptions() {
    StatementResult.Explanation plan =
        (StatementResult.Explanation)
            fixture.execute(
                "EXPLAIN SELECT image_id, file_name, IF(place = 'snow', 'snow, deep', place) AS"
                    + " place FROM train_demo.images TO TRAIN classifier WITH backbone = scout,"
                    + " seed = 7, classes = '\"snow, deep\", beach' LABEL place INTO x");

    assertThat(plan.text())
        .contains("target         the model x")
        .contains("estimator      classifier")
        .contains("classes        snow, deep; beach")
        .contains("holdout        0.2")
        .contains("seed           7")
        .contains("dataset        train_demo.images/holdout")
        .doesNotContain("max_detections")
        .doesNotContain("top_k");
  }

  @Test
  void leavesNothingOfAFailedTraining() throws Exception {
    List<String> before = trainedFiles();
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT image_id, IF(place = 'snow', 'missing', file_name) AS file_name, place"
                        + " FROM train_demo.images TO TRAIN classifier WITH backbone = scout,"
                        + " max_failed_images = '100%'"
                        + " LABEL place INTO x"))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(
            "Cannot train 'x': no image of the class 'snow' is in the training part; add images of the class, or leave it out with the option classes");

    assertThat(database.query("SELECT * FROM seeql.models WHERE name = 'x'")).isEmpty();
    assertThat(database.query("SELECT * FROM seeql.model_profiles WHERE model = 'x'")).isEmpty();
    assertThat(trainedFiles()).isEqualTo(before);
  }

  private static List<String> trainedFiles() throws Exception {
    Path folder = RunFixture.options(fixture.directory(), Map.of()).trainedModels();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
