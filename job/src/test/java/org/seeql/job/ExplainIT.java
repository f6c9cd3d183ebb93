package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

/** TO EXPLAIN. */
class ExplainIT {
  private static final Path MODELS =
      Path.of("..", "udfs/src/test/resources/org/seeql/udf/model").toAbsolutePath().normalize();
  private static final String SOME = "SELECT * FROM images WHERE image_id < 106 ";
  private static final String PEOPLE =
      SOME + "TO EXPLAIN scout WITH label = 'person', masks = 40, partitions = 6 INTO ";
  private static final String WITHOUT_RUN =
      "image_id, file_name, class_id, label, score, x_min, y_min, x_max, y_max, explainer, masks,"
          + " peak_x, peak_y, energy_in_box, stability, HEX(map), model";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    fixture.execute(
        "CREATE MODEL vectors_only OPTIONS (uri = '%s', normalization = 'none')"
            .formatted(MODELS.resolve("vector.onnx").toUri()));
    // the cost of explanations depends on the profiles of other tests
    database.execute("DELETE FROM seeql.model_profiles");
    fixture.summary(PEOPLE + "people_explained");
  }

  @AfterAll
  static void drop() {
    fixture.execute("DROP MODEL vectors_only");
  }

  private static List<String> rows(String table) throws Exception {
    return database.query(
        "SELECT " + WITHOUT_RUN + " FROM " + table + " ORDER BY image_id, score DESC");
  }

  @Test
  void explainsTheDetectionsOfARun() throws Exception {
    fixture.detect(SOME, "people_detected");

    assertThat(database.columns("people_explained"))
        .containsExactly(
            "run_id",
            "image_id",
            "file_name",
            "class_id",
            "label",
            "score",
            "x_min",
            "y_min",
            "x_max",
            "y_max",
            "explainer",
            "masks",
            "peak_x",
            "peak_y",
            "energy_in_box",
            "stability",
            "insertion_auc",
            "deletion_auc",
            "map",
            "model");
    assertThat(
            database.query(
                "SELECT image_id, score, x_min, y_min, x_max, y_max FROM people_explained ORDER BY"
                    + " image_id, score DESC"))
        .isNotEmpty()
        .isEqualTo(
            database.query(
                "SELECT image_id, score, x_min, y_min, x_max, y_max FROM people_detected WHERE"
                    + " label = 'person' ORDER BY image_id, score DESC"));
    assertThat(
            database.query(
                "SELECT DISTINCT label, explainer, masks, insertion_auc IS NULL, model FROM"
                    + " people_explained"))
        .containsExactly("person|drise|40|1|scout");
  }

  @Test
  void writesMapsAsImages() throws Exception {
    for (String hex : database.query("SELECT HEX(map) FROM people_explained")) {
      BufferedImage map = ImageIO.read(new ByteArrayInputStream(HexFormat.of().parseHex(hex)));

      assertThat(map.getWidth()).isEqualTo(64);
      assertThat(map.getHeight()).isEqualTo(64);
    }
  }

  @Test
  void explainsTheMostProbableClassOrTheRequestedOne() throws Exception {
    fixture.summary(SOME + "TO EXPLAIN places WITH masks = 20 INTO place_explained");
    fixture.summary(
        SOME
            + "TO EXPLAIN places WITH label = 'beach', faithfulness = true, window = 0.5, stride ="
            + " 0.25 USING occlusion INTO beach_explained");
    fixture.summary(SOME + "TO RUN x CMD 'classify', '--model=places' INTO place_classified");

    assertThat(
            database.query("SELECT image_id, label, score FROM place_explained ORDER BY image_id"))
        .hasSize(6)
        .isEqualTo(
            database.query(
                "SELECT image_id, label, score FROM place_classified ORDER BY image_id"));
    assertThat(
            database.query(
                "SELECT DISTINCT explainer, masks, x_min IS NULL, energy_in_box IS NULL FROM"
                    + " place_explained"))
        .containsExactly("rise|20|1|1");
    assertThat(
            database.query(
                "SELECT DISTINCT label, explainer, masks, stability IS NULL, insertion_auc BETWEEN"
                    + " 0 AND 1, deletion_auc BETWEEN 0 AND 1 FROM beach_explained"))
        .containsExactly("beach|occlusion|9|1|1|1");
  }

  private static RunSummary resume(String runId) {
    try (SeeqlSession session = fixture.session()) {
      return (RunSummary) session.resume(runId);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"partition", "infer", "publish"})
  void aKilledAndResumedRunGivesTheSameRows(String stage) throws Exception {
    KilledAt listener = new KilledAt(stage);
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(() -> RunFixture.run(session, PEOPLE + "resumed_at_" + stage))
          .isInstanceOf(Killed.class);
    }

    resume(listener.runId());

    assertThat(rows("resumed_at_" + stage)).isEqualTo(rows("people_explained"));
  }

  @Test
  void aStoppedRunContinuesWithTheOtherPartitions() throws Exception {
    String people = PEOPLE.replace("masks = 40", "masks = 400");
    fixture.summary(people + "not_stopped");
    KilledAt listener = new KilledAt("never");
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(() -> RunFixture.run(session, people + "resumed_midway"));
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofMinutes(5))
          .until(
              () ->
                  listener.findRunId().isPresent()
                      && database.count(
                              "(SELECT 1 FROM seeql.run_partitions WHERE state = 'committed' AND"
                                  + " run_id = '%s') c".formatted(listener.runId()))
                          > 0);
      session.stop();
      assertThat(run).failsWithin(Duration.ofMinutes(1));
    }

    assertThat(resume(listener.runId()).skippedPartitions()).isBetween(1, 5);
    assertThat(rows("resumed_midway")).isEqualTo(rows("not_stopped"));
  }

  @Test
  void explainsOnlyNewImagesUnlessTheMasksDiffer() throws Exception {
    String append = "TO EXPLAIN scout WITH label = 'person', masks = 40, mode = append, only_new";
    fixture.summary("SELECT * FROM images WHERE image_id < 103 " + append + " = true INTO added");
    RunSummary second = fixture.summary(SOME + append + " = true INTO added");

    assertThat(second.images()).isEqualTo(3);
    assertThat(rows("added")).isEqualTo(rows("people_explained"));
    assertThatThrownBy(() -> fixture.execute(SOME + append + " = true, seed = 2 INTO added"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("seed");
  }

  @Test
  void tellsTheCostBeforeItStarts() {
    List<String> notices = new ArrayList<>();
    KilledAt listener =
        new KilledAt("infer") {
          @Override
          public void notice(String text) {
            notices.add(text);
          }
        };
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(() -> RunFixture.run(session, PEOPLE + "never_written"))
          .isInstanceOf(Killed.class);
    }

    assertThat(notices)
        .containsExactly(
            "Explains 6 images × up to 41 model calls (the time of a call is not known: TO EVALUATE"
                + " measures it)");
  }

  @Test
  void isExplainedByTheDatabaseStatement() {
    StatementResult.Explanation plan =
        (StatementResult.Explanation) fixture.execute("EXPLAIN " + PEOPLE + "t");

    assertThat(plan.text())
        .contains("clause         TO EXPLAIN")
        .contains("explainer      drise")
        .contains("weight         IoU × score of the class")
        .contains("label          person")
        .contains("grid           16")
        .doesNotContain("window")
        .doesNotContain("top_k")
        .contains("images         6")
        .contains("cost           6 images × up to 41 model calls");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TO EXPLAIN vectors_only INTO t | Cannot explain model 'vectors_only': it returns vectors, and only the score of a class can be explained
          TO EXPLAIN scout USING rise INTO t | Explainer rise explains classes of whole images, but model 'scout' can only detect; use drise or occlusion
          TO EXPLAIN places USING drise INTO t | Explainer drise explains boxes, but model 'places' can only classify; use rise or occlusion
          TO EXPLAIN places WITH label = 'beech' INTO t | Unknown class 'beech'; known: beach, meadow, night, snow, street, indoor; these are the classes of model 'places'
          TO EXPLAIN nowhere INTO t | Unknown model 'nowhere'; known: places, scout, vectors_only
          TO EXPLAIN scout WITH max_images = 5 INTO t | The SELECT returns 6 images, but max_images is 5, because explanations are expensive: 6 images × up to 1,001 model calls (the time of a call is not known: TO EVALUATE measures it); select fewer images, or set max_images
          TO EXPLAIN scout WITH window = 0.001, stride = 0.001 USING occlusion INTO t | Cannot hide 1,000,000 windows one after another (at most 100,000); increase stride
          """)
  void refuses(String clause, String problem) throws Exception {
    assertThatThrownBy(() -> fixture.execute(SOME + clause))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
    assertThat(database.query("SHOW TABLES LIKE 't'")).isEmpty();
  }
}
