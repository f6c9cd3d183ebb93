package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.StatementResult.ModelDetails;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;

class EvaluateIT {
  private static final String SHOW = "SELECT * FROM demo_show.images ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "demo_show", "show");
    fixture.execute(
        "CREATE OR REPLACE MODEL sentinel OPTIONS (uri = 'models/sentinel.onnx',"
            + " layout = 'yolov8', input_size = 416, labels = 'models/sentinel.labels.txt')");
  }

  @AfterAll
  static void deleteProfiles() throws Exception {
    database.execute("DROP DATABASE demo_show");
    fixture.execute("DROP MODEL sentinel");
  }

  private static EvaluationSummary evaluate(String program) {
    return (EvaluationSummary) fixture.execute(program);
  }

  /** From demo/evaluate.py and pycocotools 2.0.11, over detections of ONNX Runtime in Python. */
  private static final List<String> PYCOCOTOOLS =
      List.of(
          "person 55 0.9723 0.7183 51 1 4 44",
          "bicycle 27 0.9806 0.7387 26 0 1 73",
          "car 28 0.9933 0.7540 27 2 1 70",
          "bus 16 0.9343 0.7076 14 0 2 84",
          "truck 14 1.0000 0.8047 14 0 0 86",
          "boat 10 0.9210 0.6082 10 1 0 89",
          "traffic_light 16 1.0000 0.7858 16 0 0 84",
          "bird 47 0.9758 0.7028 46 1 1 52",
          "cat 33 0.9643 0.7178 31 1 2 66",
          "dog 37 0.9563 0.7021 37 1 0 62",
          "horse 22 1.0000 0.7649 22 0 0 78",
          "sheep 22 0.9604 0.7556 21 0 1 78");

  @Test
  void measuresTheDemosBestDetectorAsPycocotoolsDoes() throws Exception {
    EvaluationSummary summary = evaluate(SHOW + "TO EVALUATE sentinel INTO sentinel_scores");

    assertThat(
            database.query(
                "SELECT CONCAT_WS(' ', REPLACE(class, ' ', '_'), images_shown, ap50, ap,"
                    + " present_tp, present_fp, present_fn, present_tn)"
                    + " FROM sentinel_scores WHERE scope = 'class'"))
        .zipSatisfy(PYCOCOTOOLS, EvaluateIT::isTheSame);
    assertThat(
            database.query(
                "SELECT CONCAT_WS(' ', class, 'all', images, ap50, ap, present_tp, present_fp,"
                    + " present_fn, present_tn) FROM sentinel_scores WHERE scope = 'overall'"))
        .zipSatisfy(List.of("all 100 0.9715 0.7301 315 7 12 866"), EvaluateIT::isTheSame);
    assertThat(summary.run().target().orElseThrow()).hasToString("seeql_test.sentinel_scores");
    assertThat(summary.run().rows()).isEqualTo(database.count("sentinel_scores"));
    assertThat(summary.findings().get("quality"))
        .matches(
            "mAP@0\\.5 0\\.97\\d\\d, mAP@\\[\\.5:\\.95] 0\\.7[23]\\d\\d over 12 classes; at confidence"
                + " 0\\.25: precision 0\\.9\\d\\d\\d, recall 0\\.9\\d\\d\\d");
    assertThat(database.query("SHOW TABLES FROM seeql LIKE 'result_" + summary.run().runId() + "'"))
        .isEmpty();
    assertThat(
            database.query(
                "SELECT kind, state, target_table FROM seeql.runs WHERE run_id = '"
                    + summary.run().runId()
                    + "'"))
        .containsExactly("evaluate|succeeded|sentinel_scores");
  }

  /** Compares words exactly and numbers to a thousandth. */
  private static void isTheSame(String actual, String expected) {
    String[] actualWords = actual.split(" ");
    String[] expectedWords = expected.split(" ");
    assertThat(actualWords).hasSameSizeAs(expectedWords);
    assertThat(actualWords[0]).isEqualTo(expectedWords[0]);
    for (int i = 1; i < actualWords.length; i++) {
      assertThat(Double.parseDouble(actualWords[i]))
          .isCloseTo(Double.parseDouble(expectedWords[i]), within(0.001));
    }
  }

  @Test
  void timesTheModelByTheBatchSizeThatIsAsked() throws Exception {
    evaluate(
        SHOW
            + "LIMIT 40 TO EVALUATE scout WITH batch_size = 4, dataset = 'timed' INTO scout_timed");

    assertThat(
            database.query(
                "SELECT device, engine, batch_size, seconds_per_image > 0, load_seconds > 0,"
                    + " memory_bytes >= 0, class, ap FROM scout_timed WHERE scope = 'timing'"))
        .containsExactly("cpu|onnx|4|1|1|1|null|null");
    assertThat(
            database.query(
                "SELECT batch_size, ABS(seconds_per_image - prepare_seconds - model_seconds -"
                    + " postprocess_seconds) < 1e-9, calls >= 7 FROM seeql.model_profile_timings"
                    + " JOIN seeql.model_profiles USING (profile_id) WHERE dataset = 'timed'"))
        .containsExactly("4|1|1");
  }

  @Test
  void measuresAClassifierByAColumn() throws Exception {
    EvaluationSummary summary =
        evaluate(
            "SELECT image_id, file_name, IF(image_id = 101, NULL, place) AS place FROM"
                + " demo_show.images TO EVALUATE places LABEL place INTO place_scores");

    assertThat(summary.findings())
        .containsEntry("labels", "none for 1 image, which is excluded")
        .containsEntry("profile", "of places, version 1, on demo_show.images: 99 images")
        .containsEntry("quality", "accuracy 1.0000 over 99 images, 6 classes");
    assertThat(
            database.query(
                "SELECT scope, images, accuracy = present_tp / images, ap50, objects FROM"
                    + " place_scores WHERE scope = 'overall'"))
        .containsExactly("overall|99|1|null|99");
    assertThat(
            database.query(
                "SELECT COUNT(*), SUM(present_tp + present_fn), MIN(object_recall = present_tpr),"
                    + " MIN(object_precision = present_tp / (present_tp + present_fp))"
                    + " FROM place_scores WHERE scope = 'class'"))
        .containsExactly("6|99|1|1");
  }

  @Test
  void describesTheNewestProfileOfAModel() {
    evaluate(SHOW + "LIMIT 30 TO EVALUATE scout WITH batch_size = 1, dataset = 'a few' INTO few");

    assertThat(((ModelDetails) fixture.execute("DESCRIBE MODEL scout")).properties().get("profile"))
        .matches(
            "on a few \\(30 images, 12 classes, 20.*Z\\), mAP@0\\.5 0\\.\\d{3}, mAP@\\[\\.5:\\.95]"
                + " 0\\.\\d{3}, \\d+\\.\\d\\d ms per image on cpu with batch size 1");
  }

  @Test
  void reportsTheClassesWithObjectsThatTheMeanIsOver() throws Exception {
    String few = "WHERE image_id < 104";
    List<String> ofTheSelection =
        database.query("SELECT COUNT(DISTINCT category_id) FROM demo_show.annotations " + few);
    int withObjects = Integer.parseInt(ofTheSelection.get(0));

    EvaluationSummary summary =
        evaluate(
            SHOW
                + few
                + " TO EVALUATE scout WITH batch_size = 1, dataset = 'three' INTO three_scores");

    assertThat(withObjects).isBetween(1, 11);
    assertThat(summary.findings().get("quality"))
        .contains(" over the " + withObjects + " of 12 classes that have objects; at confidence ");
    assertThat(((ModelDetails) fixture.execute("DESCRIBE MODEL scout")).properties().get("profile"))
        .asString()
        .startsWith("on three (3 images, 12 classes, " + withObjects + " of them with objects, ");
  }

  @Test
  void anImageThatFailsIsExcludedAndReported() throws Exception {
    EvaluationSummary summary =
        evaluate(
            "SELECT image_id, IF(image_id = 102, 'gone.jpg', file_name) AS file_name FROM"
                + " demo_show.images WHERE image_id < 131 TO EVALUATE scout WITH batch_size = 1,"
                + " dataset = 'gone' INTO gone_scores");

    assertThat(summary.run().failed()).isEqualTo(1);
    assertThat(summary.findings().get("profile"))
        .isEqualTo("of scout, version 1, on gone: 29 images");
    assertThat(
            database.query(
                "SELECT DISTINCT images, present_tp + present_fp + present_fn + present_tn FROM"
                    + " gone_scores WHERE scope = 'class'"))
        .containsExactly("29|29");
  }

  @Test
  void appendsWhatOneTableHasOfSeveralModels() throws Exception {
    String append = " WITH mode = append, batch_size = 1, dataset = 'appended' INTO many_scores";
    evaluate(SHOW + "LIMIT 24 TO EVALUATE scout" + append);
    evaluate(SHOW + "LIMIT 24 TO EVALUATE sentinel" + append);

    assertThat(database.query("SELECT model, COUNT(*) FROM many_scores GROUP BY model"))
        .containsExactly("scout|14", "sentinel|14");
  }

  @ParameterizedTest
  @ValueSource(strings = {"infer", "measure", "time", "publish"})
  void aDriverThatDiesLosesNothing(String stage) throws Exception {
    String dataset = "killed at " + stage;
    String into = "killed_" + stage;
    KilledAt listener = new KilledAt(stage);
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(
              () ->
                  RunFixture.run(
                      session,
                      SHOW
                          + "LIMIT 32 TO EVALUATE scout WITH batch_size = 1, confidence = 0.4,"
                          + " mode = append, dataset = '%s' INTO %s".formatted(dataset, into)))
          .isInstanceOf(Killed.class);
    }

    EvaluationSummary resumed;
    try (SeeqlSession session = fixture.session()) {
      resumed = (EvaluationSummary) session.resume(listener.runId());
    }

    assertThat(resumed.run().skippedPartitions())
        .isEqualTo(stage.equals("infer") ? 0 : resumed.run().partitions());
    assertThat(
            database.query("SELECT scope, COUNT(*), MAX(images) FROM " + into + " GROUP BY scope"))
        .containsExactlyInAnyOrder("overall|1|32", "class|12|32", "timing|1|null");
    assertThat(
            database.query(
                "SELECT images, confidence, run_id FROM seeql.model_profiles WHERE dataset = '"
                    + dataset
                    + "'"))
        .containsExactly("32|0.4|" + resumed.run().runId());
  }

  @Test
  void aNamedEvaluationThatSelectedNothingIsRunAgain() throws Exception {
    String program =
        SHOW
            + "LIMIT 5 TO EVALUATE scout WITH batch_size = 1, dataset = 'named' INTO seeql_test.named_scores";
    RunListener killer =
        new RunListener() {
          @Override
          public void stage(String name, String detail) {
            if (name.equals("select")) {
              throw new OutOfMemoryError("as good as killed");
            }
          }
        };
    assertThatThrownBy(() -> ask("scores-1", program, killer)).isInstanceOf(OutOfMemoryError.class);

    EvaluationSummary summary = (EvaluationSummary) ask("scores-1", program, RunListener.NONE);

    assertThat(summary.run().rows()).isEqualTo(database.count("named_scores"));
  }

  private static StatementResult ask(String runId, String program, RunListener listener) {
    try (SeeqlSession session = fixture.namedSession(runId, listener)) {
      return RunFixture.run(session, program);
    }
  }

  @Test
  void saysInWordsWhatThereIsNoFigureFor() {
    fixture.execute(
        "CREATE OR REPLACE MODEL people OPTIONS (uri = 'models/people.onnx', layout = 'yolov5',"
            + " input_size = 224, labels = 'models/people.labels.txt')");
    EvaluationSummary summary =
        evaluate(
            SHOW
                + "WHERE image_id NOT IN (SELECT image_id FROM demo_show.annotations JOIN"
                + " demo_show.categories USING (category_id) WHERE name = 'person') LIMIT 1 TO"
                + " EVALUATE people WITH confidence = 1, batch_size = 1, dataset = 'one' INTO"
                + " seeql_test.one_score");
    fixture.execute("DROP MODEL people");

    assertThat(summary.findings())
        .containsEntry(
            "quality",
            "mAP@0.5 none (no objects), mAP@[.5:.95] none (no objects) over 1 class; at confidence 1: precision none (no detections), recall none (no objects)")
        .containsEntry(
            "classes",
            "unknown to the model: bicycle, car, bus, truck, boat, traffic light, bird, cat, dog, horse, … (11 in all)");
    assertThat(summary.findings().get("profile"))
        .matches("of people, version \\d+, on one: 1 image");
  }
}
