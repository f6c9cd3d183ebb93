package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

class RunIT {
  private static final String ALL = "SELECT * FROM images";
  private static final String COLUMNS =
      "image_id, file_name, detection, class_id, label, score, x_min, y_min, x_max, y_max, model";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
  }

  @Test
  void writesARowADetectionAndNotesTheRun() throws Exception {
    RunSummary summary = fixture.detect(ALL, "noted", "--partitions=3");

    String runId = summary.runId();
    assertThat(summary.images()).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(summary.done()).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(summary.failed()).isZero();
    assertThat(summary.rows()).isEqualTo(database.count("noted")).isPositive();
    assertThat(summary.partitions()).isEqualTo(3);
    assertThat(summary.stages())
        .containsKeys("plan", "select", "spark", "partition", "infer", "publish");
    assertThat(database.query("SELECT DISTINCT run_id, model FROM noted"))
        .containsExactly(runId + "|scout");
    assertThat(
            database.query(
                "SELECT state, images, done, failed, rows_written, target_database, target_table,"
                    + " model_version, error FROM seeql.runs WHERE run_id = '"
                    + runId
                    + "'"))
        .containsExactly("succeeded|24|24|0|%d|seeql_test|noted|1|null".formatted(summary.rows()));
    assertThat(
            database.query(
                "SELECT first_row, last_row, state, images FROM seeql.run_partitions WHERE run_id ="
                    + " '"
                    + runId
                    + "' ORDER BY partition_id"))
        .containsExactly("1|8|committed|8", "9|16|committed|8", "17|24|committed|8");
    assertThat(leftovers(summary.runId())).isEmpty();
  }

  private static List<String> leftovers(String runId) throws Exception {
    return database.query(
        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%" + runId + "'");
  }

  @Test
  void numbersTheDetectionsOfAnImageFromTheBest() throws Exception {
    fixture.detect(ALL, "numbered", "--confidence=0.01");

    assertThat(
            database.query(
                "SELECT image_id FROM numbered GROUP BY image_id HAVING MIN(detection) <> 1 OR"
                    + " MAX(detection) <> COUNT(*)"))
        .isEmpty();
    assertThat(
            database.query(
                "SELECT a.image_id FROM numbered a JOIN numbered b ON a.image_id = b.image_id AND"
                    + " a.detection < b.detection AND a.score < b.score"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 8", "5, 3", "24, 128", "100, auto"})
  void writesTheSameRowsWhateverThePartitionsAndBatches(int partitions, String batch)
      throws Exception {
    fixture.detect(ALL, "reference_rows", "--partitions=4", "--batch_size=4");
    List<String> expected = rows("reference_rows");

    fixture.detect(ALL, "partitioned", "--partitions=" + partitions, "--batch_size=" + batch);

    assertThat(rows("partitioned")).isEqualTo(expected);
  }

  private static List<String> rows(String table) throws Exception {
    return database.query(
        "SELECT image_id, detection, class_id, ROUND(score, 4), ROUND(x_min, 1), ROUND(y_max, 1)"
            + " FROM "
            + table
            + " ORDER BY image_id, detection");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM images ORDER BY image_id DESC LIMIT 3",
        "(SELECT * FROM images ORDER BY image_id DESC LIMIT 3)",
        "(SELECT * FROM images WHERE image_id > 110) ORDER BY image_id DESC LIMIT 3",
        "WITH late AS (SELECT * FROM images WHERE image_id > 120) SELECT * FROM late",
        "SELECT * FROM images WHERE image_id = 121 UNION SELECT * FROM images WHERE image_id > 121",
        "SELECT i.image_id, i.file_name FROM images i JOIN images j ON i.image_id = j.image_id + 20"
            + " WHERE j.image_id > 100 -- a comment ends it",
        "SELECT image_id, file_name FROM images GROUP BY image_id, file_name HAVING image_id > 120",
        "SELECT `image_id`, CONCAT('./', file_name) AS path FROM seeql_test.`images` WHERE"
            + " image_id > 120 # with a path of its own",
      })
  void selectsWhatTheDatabaseSelects(String select) throws Exception {
    RunSummary summary = fixture.detect(select + "\n", "selected", "--result=image");

    assertThat(summary.images()).isEqualTo(3);
    assertThat(database.query("SELECT image_id FROM selected ORDER BY image_id"))
        .containsExactly("121", "122", "123");
  }

  @Test
  void makesAnEmptyTableOfAnEmptySelection() throws Exception {
    RunSummary summary = fixture.detect(ALL + " LIMIT 0", "empty_result");

    assertThat(summary.images()).isZero();
    assertThat(database.count("empty_result")).isZero();
    assertThat(String.join(", ", database.columns("empty_result"))).isEqualTo("run_id, " + COLUMNS);
  }

  @Test
  void keepsTheTypesOfIdAndPath() throws Exception {
    fixture.detect(ALL, "typed");

    assertThat(
            database.query(
                "SELECT column_name, REPLACE(column_type, '(20)', '') FROM"
                    + " information_schema.columns WHERE table_name = 'typed' AND column_name IN"
                    + " ('image_id', 'file_name') ORDER BY 1"))
        .containsExactly("file_name|varchar(200)", "image_id|bigint unsigned");
  }

  @Test
  void takesNamesThatNeedQuoting() throws Exception {
    database.execute(
        "CREATE TABLE `order by; drop` (`the ``id``` VARCHAR(20), `where is it?` TEXT)",
        "INSERT INTO `order by; drop` SELECT CONCAT('it''s ', image_id), file_name FROM images");

    RunSummary summary =
        fixture.detect(
            "SELECT * FROM `order by; drop`",
            "`table``of results`",
            "--path_column=where is it?",
            "--id_column=the `id`",
            "--image_dir=" + RunFixture.IMAGES);

    assertThat(summary.failed()).isZero();
    assertThat(database.count("`table``of results`")).isEqualTo(summary.rows()).isPositive();
    assertThat(database.query("SELECT MIN(image_id) LIKE 'it''s 1%' FROM `table``of results`"))
        .containsExactly("1");
  }

  @Test
  void takesTheKeyForTheIdOfAnImage() throws Exception {
    database.execute(
        "CREATE TABLE keyed (nr INT PRIMARY KEY, path VARCHAR(200))",
        "INSERT INTO keyed SELECT image_id * 2, file_name FROM images WHERE image_id < 102");

    fixture.detect(
        "SELECT * FROM keyed", "by_key", "--image_dir=" + RunFixture.IMAGES, "--result=image");

    assertThat(database.query("SELECT image_id FROM by_key ORDER BY 1"))
        .containsExactly("200", "202");
  }

  @Test
  void appendsWhatOtherRunsHaveWritten() throws Exception {
    RunSummary first = fixture.detect(ALL + " WHERE image_id < 110", "appended", "--mode=append");
    RunSummary second = fixture.detect(ALL + " WHERE image_id >= 110", "appended", "--mode=append");

    assertThat(
            database.query("SELECT run_id, COUNT(*) FROM appended GROUP BY run_id ORDER BY run_id"))
        .containsExactlyInAnyOrder(
            first.runId() + "|" + first.rows(), second.runId() + "|" + second.rows());
  }

  @Test
  void replacesOnlyWhatARunHasWrittenUnlessOverwriteIsSet() throws Exception {
    database.execute("CREATE TABLE precious (a INT)", "INSERT INTO precious VALUES (1)");

    assertThatThrownBy(() -> fixture.detect(ALL, "precious"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: Table seeql_test.precious exists and no"
                + " run of SeeQL wrote it; use --mode=append or --mode=overwrite");
    assertThat(database.query("SELECT a FROM precious")).containsExactly("1");

    RunSummary replaced = fixture.detect(ALL, "precious", "--mode=overwrite");
    RunSummary again = fixture.detect(ALL, "precious");

    assertThat(again.rows()).isEqualTo(replaced.rows());
    assertThat(database.query("SELECT DISTINCT run_id FROM precious"))
        .containsExactly(again.runId());
  }

  @Test
  void showsRowsThatNobodyWantsToKeep() throws Exception {
    RunSummary summary =
        fixture.summary(
            ALL + " LIMIT 5 TO RUN any CMD 'detect', '--model=scout', '--result=image'");

    List<List<Object>> shown = new ArrayList<>();
    try (StatementResult.Rows rows = summary.predictions().orElseThrow()) {
      assertThat(rows.columns())
          .containsExactly(
              "run_id", "image_id", "file_name", "width", "height", "detections", "model");
      rows.rows().forEachRemaining(shown::add);
    }
    assertThat(shown).hasSize(5).allSatisfy(row -> assertThat(row).contains(640, 480, "scout"));
    assertThat(leftovers(summary.runId())).isEmpty();
  }

  @Test
  void showsClassesThatAreNamedLikeTheKey(@TempDir Path directory) throws Exception {
    List<String> labels = Files.readAllLines(RunFixture.DEMO.resolve("models/scout.labels.txt"));
    labels.set(0, "seeql_identity");
    labels.set(1, "seeql_id");
    Path file = Files.write(directory.resolve("labels.txt"), labels);
    fixture.execute(
        "CREATE MODEL odd OPTIONS (uri = 'models/scout.onnx', layout = 'yolov8', input_size = 160,"
            + " labels = '%s')".formatted(file));

    RunSummary summary =
        fixture.summary(ALL + " LIMIT 1 TO RUN any CMD 'detect', '--model=odd', '--result=wide'");

    fixture.execute("DROP MODEL odd");
    try (StatementResult.Rows rows = summary.predictions().orElseThrow()) {
      assertThat(rows.columns()).hasSize(3 + labels.size()).containsAll(labels);
    }
  }

  @Test
  void goesOnWithAnEarlierWideResult() throws Exception {
    fixture.detect(ALL + " WHERE image_id < 112", "chain", "--result=wide", "--class_coverage=0,1");
    database.execute("UPDATE chain SET person = 0.5, horse = 0.25");
    String columns =
        "SELECT GROUP_CONCAT(column_name ORDER BY ordinal_position) FROM information_schema.columns"
            + " WHERE table_name = 'chain'";
    List<String> before = database.query(columns);

    RunSummary summary =
        fixture.detect(
            "SELECT * FROM chain WHERE person > 0 AND image_id < 106",
            "chain",
            "--result=wide",
            "--class_coverage=0");

    assertThat(summary.rows()).isEqualTo(6);
    assertThat(database.query(columns)).isEqualTo(before);
    assertThat(database.query("SELECT DISTINCT horse FROM chain")).containsExactly("0.25");
    assertThat(database.query("SELECT COUNT(*) FROM chain WHERE person = 0.5"))
        .containsExactly("0");
    assertThat(database.query("SELECT DISTINCT run_id FROM chain"))
        .containsExactly(summary.runId());
  }

  @Test
  void wideHoldsTheBestScoreOfEachClass() throws Exception {
    fixture.detect(ALL, "narrow_rows", "--confidence=0.05");
    fixture.detect(ALL, "wide_rows", "--confidence=0.05", "--result=wide");

    assertThat(
            database.query(
                "SELECT w.image_id FROM wide_rows w LEFT JOIN (SELECT image_id, MAX(score) AS best"
                    + " FROM narrow_rows WHERE label = 'person' GROUP BY image_id) n ON n.image_id"
                    + " = w.image_id WHERE ABS(w.person - COALESCE(n.best, 0)) > 1e-6"))
        .isEmpty();
    assertThat(database.count("wide_rows")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(database.query("SELECT COUNT(*) > 0 FROM wide_rows WHERE `traffic light` = 0"))
        .containsExactly("1");
  }

  @Test
  void predictionsKeepWhatIsSelected() throws Exception {
    RunSummary summary =
        fixture.summary(
            "SELECT * FROM images ORDER BY image_id TO PREDICT placed.place USING places");

    assertThat(summary.rows()).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(
            database.query(
                "SELECT column_name, data_type FROM information_schema.columns WHERE table_name ="
                    + " 'placed' AND column_name <> 'seeql_id' ORDER BY ordinal_position"))
        .startsWith("image_id|bigint", "file_name|varchar", "taken|date")
        .endsWith("place|varchar", "place_score|double");
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM placed p JOIN images i ON i.image_id = p.image_id AND"
                    + " i.taken = p.taken AND i.extra = p.extra WHERE place_score > 0 AND"
                    + " place_score <= 1"))
        .containsExactly("24");
  }

  @Test
  void predictionsOfADetectorAreJson() throws Exception {
    fixture.execute("SELECT image_id, file_name FROM images TO PREDICT seen USING scout");

    assertThat(
            database.query(
                "SELECT COUNT(*) FROM seen WHERE JSON_VALID(prediction) AND JSON_TYPE(prediction) ="
                    + " 'ARRAY'"))
        .containsExactly("24");
  }

  @Test
  void classifiersNameTheLikeliestClassesInOrder() throws Exception {
    RunSummary summary =
        fixture.summary(
            ALL + " TO RUN any CMD 'classify', '--model=places', '--top_k=2' INTO classified");

    assertThat(summary.rows()).isEqualTo(2 * RunFixture.IMAGE_COUNT);
    assertThat(
            database.query(
                "SELECT a.image_id FROM classified a JOIN classified b ON a.image_id = b.image_id"
                    + " AND a.place = 1 AND b.place = 2 WHERE a.score < b.score"))
        .isEmpty();
  }

  @Test
  void tellsHowFarItIs() throws Exception {
    List<RunProgress> seen = new ArrayList<>();
    List<String> stages = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void stage(String name, String detail) {
            stages.add(name);
          }

          @Override
          public synchronized void progress(RunProgress progress) {
            seen.add(progress);
          }
        };
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      RunFixture.run(session, RunFixture.detection(ALL, "watched"));
    }

    RunProgress last = seen.get(seen.size() - 1);
    assertThat(stages).containsExactly("plan", "select", "spark", "partition", "infer", "publish");
    assertThat(List.of(last.imagesTotal(), last.done(), last.failed(), last.rows()))
        .containsExactly(24L, 24L, 0L, database.count("watched"));
  }

  @Test
  void passesOtherStatementsThrough() throws Exception {
    try (SeeqlSession session = fixture.session()) {
      RunFixture.run(session, "CREATE DATABASE IF NOT EXISTS seeql_other; USE seeql_other");
      RunFixture.run(session, "CREATE TABLE IF NOT EXISTS t (a INT, b TEXT)");
      assertThat(RunFixture.run(session, "INSERT INTO t VALUES (1, 'x'), (2, NULL)"))
          .isEqualTo(new StatementResult.Update(2));

      List<List<Object>> rows = new ArrayList<>();
      try (StatementResult.Rows result =
          (StatementResult.Rows) RunFixture.run(session, "SELECT a, b AS c FROM t ORDER BY a")) {
        assertThat(result.columns()).containsExactly("a", "c");
        result.rows().forEachRemaining(rows::add);
      }
      assertThat(rows.toString()).isEqualTo("[[1, x], [2, null]]");
      assertThatThrownBy(() -> RunFixture.run(session, "SELECT * FROM nowhere"))
          .isInstanceOf(RefusalException.class)
          .hasMessage(
              "Cannot execute the statement at line 1, column 1: Table 'seeql_other.nowhere'"
                  + " doesn't exist");
      RunFixture.run(session, "DROP DATABASE seeql_other");
    }
  }
}
