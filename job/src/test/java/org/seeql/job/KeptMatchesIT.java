package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;

class KeptMatchesIT {
  private static final String SHOW = "SELECT * FROM demo_matched.images ";
  private static final String KEEP = " TO EVALUATE scout WITH keep_matches = true, batch_size = 1";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "demo_matched", "show");
  }

  @AfterAll
  static void drop() throws Exception {
    database.execute("DROP DATABASE demo_matched");
  }

  @Test
  void agreesWithTheMeasures() throws Exception {
    EvaluationSummary summary =
        (EvaluationSummary) fixture.execute(SHOW + KEEP + ", confidence = 0.1 INTO kept");

    // NULL where there is nothing to divide by, in both
    assertThat(
            database.query(
                "SELECT e.class, e.objects <=> m.objects, e.object_precision <=> m.tp / m.found,"
                    + " e.object_recall <=> m.tp / m.objects FROM kept e LEFT JOIN (SELECT c.name,"
                    + " SUM(counted AND outcome IN ('true positive', 'missed') AND actual_class ="
                    + " name) objects, SUM(counted AND outcome = 'true positive' AND"
                    + " predicted_class = name) tp, SUM(counted AND predicted_class = name) found"
                    + " FROM kept_matches, demo_matched.categories c GROUP BY c.name) m ON m.name ="
                    + " e.class WHERE scope = 'class' AND NOT (e.objects <=> m.objects AND"
                    + " ABS(e.object_precision - m.tp / m.found) < 1e-4 AND ABS(e.object_recall -"
                    + " m.tp / m.objects) < 1e-4)"))
        .isEmpty();
    assertThat(database.query("SELECT COUNT(*) FROM kept WHERE scope = 'class'"))
        .containsExactly("12");
    assertThat(
            database.query(
                "SELECT outcome, MIN(cause IS NULL), MIN(score IS NULL), MIN(detection IS NULL)"
                    + " FROM kept_matches GROUP BY outcome ORDER BY outcome"))
        .containsExactly("false positive|0|0|0", "missed|1|1|1", "true positive|1|0|0");
    assertThat(summary.findings())
        .containsEntry(
            "matches", "in seeql_test.kept_matches; see seeql report " + summary.run().runId());
  }

  @Test
  void hasEachObjectOnceAmongWhatCounts() throws Exception {
    fixture.execute(SHOW + KEEP + " INTO each_once");

    assertThat(
            database.query(
                "SELECT COUNT(*), COUNT(DISTINCT m.annotation_id), COUNT(a.id) FROM"
                    + " each_once_matches m LEFT JOIN demo_matched.annotations a ON a.id ="
                    + " m.annotation_id AND a.image_id = m.image_id WHERE counted AND outcome IN"
                    + " ('true positive', 'missed')"))
        .containsExactly(
            database
                .query("SELECT COUNT(*), COUNT(*), COUNT(*) FROM demo_matched.annotations")
                .get(0));
    // the boxes of objects are those of the annotations
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM each_once_matches m JOIN demo_matched.annotations a ON a.id ="
                    + " m.annotation_id WHERE ABS(actual_x_min - JSON_EXTRACT(a.bbox, '$[0]')) +"
                    + " ABS(actual_x_max - actual_x_min - JSON_EXTRACT(a.bbox, '$[2]')) > 1e-6"))
        .containsExactly("0");
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM each_once_matches m JOIN demo_matched.images i USING"
                    + " (image_id) WHERE m.file_name <> i.file_name OR model <> 'scout'"))
        .containsExactly("0");
  }

  @Test
  void computesTheOverlapOfThePairThatARowShows() throws Exception {
    fixture.execute(SHOW + "LIMIT 40" + KEEP + " INTO overlaps");

    assertThat(
            database.query(
                "SELECT COUNT(*) > 40, MAX(ABS(iou - common / ((x_max - x_min) * (y_max - y_min) +"
                    + " (actual_x_max - actual_x_min) * (actual_y_max - actual_y_min) - common)))"
                    + " < 1e-5 FROM (SELECT *, (LEAST(x_max, actual_x_max) - GREATEST(x_min,"
                    + " actual_x_min)) * (LEAST(y_max, actual_y_max) - GREATEST(y_min,"
                    + " actual_y_min)) AS common FROM overlaps_matches WHERE iou IS NOT NULL) o"))
        .containsExactly("1|1");
  }

  @Test
  void replacesAndAppendsLikeTheTarget() throws Exception {
    String images = SHOW + "LIMIT 6";
    String first = run(images + KEEP + " INTO modes");
    String second = run(images + KEEP + " INTO modes");
    assertThat(runsOf("modes_matches")).containsExactly(second).isEqualTo(runsOf("modes"));

    String third = run(images + KEEP + ", mode = append INTO modes");
    assertThat(runsOf("modes_matches"))
        .containsExactlyInAnyOrder(second, third)
        .isEqualTo(runsOf("modes"));
    assertThat(
            database.query("SELECT COUNT(*) FROM modes_matches GROUP BY run_id ORDER BY 1").stream()
                .distinct())
        .hasSize(1);

    String fourth = run(images + " TO EVALUATE scout WITH batch_size = 1 INTO modes");
    assertThat(runsOf("modes")).containsExactly(fourth);
    assertThat(runsOf("modes_matches")).containsExactlyInAnyOrder(second, third);
    assertThat(first).isNotEqualTo(second);
    assertThat(leftOvers()).isEmpty();
  }

  private static String run(String program) {
    return ((EvaluationSummary) fixture.execute(program)).run().runId();
  }

  private static List<String> runsOf(String table) throws Exception {
    return database.query("SELECT DISTINCT run_id FROM " + table + " ORDER BY run_id");
  }

  private static List<String> leftOvers() throws Exception {
    return database.query(
        "SELECT table_name FROM information_schema.tables WHERE table_name LIKE"
            + " 'seeql\\_staging%' OR table_name LIKE 'seeql\\_old%' OR table_name LIKE"
            + " 'matches\\_%'");
  }

  @Test
  void explainsTheAnswersOfAClassifier() throws Exception {
    fixture.execute(
        "SELECT image_id, file_name, IF(image_id = 101, 'moon', place) AS place FROM"
            + " demo_matched.images TO EVALUATE places WITH keep_matches = true, batch_size = 1"
            + " LABEL place INTO kept_places");

    assertThat(
            database.query(
                "SELECT outcome, cause, counted, actual_class, COUNT(*), MIN(score > 0), MAX(iou),"
                    + " MAX(x_min), MAX(annotation_id) FROM kept_places_matches WHERE actual_class"
                    + " = 'moon' OR predicted_class <> actual_class GROUP BY outcome, cause,"
                    + " counted, actual_class ORDER BY outcome"))
        .containsExactly(
            "false positive|wrong class|1|moon|1|1|null|null|null",
            "missed|null|1|moon|1|null|null|null|null");
    assertThat(
            database.query(
                "SELECT SUM(outcome = 'true positive') = 99, COUNT(*) FROM kept_places_matches"))
        .containsExactly("1|101");
  }

  @ParameterizedTest
  @CsvSource({"time, append", "time, overwrite", "publish, append", "publish, overwrite"})
  void areWrittenOnceIfTheDriverDies(String stage, String mode) throws Exception {
    String into = "killed_" + stage + "_" + mode;
    String program = SHOW + "LIMIT 6" + KEEP + ", mode = " + mode + " INTO ";
    run(program + into + "_expected");
    KilledAt listener = new KilledAt(stage);
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(() -> RunFixture.run(session, program + into)).isInstanceOf(Killed.class);
    }
    assertThat(database.query("SHOW TABLES LIKE '" + into + "_matches'")).isEmpty();

    try (SeeqlSession session = fixture.session()) {
      session.resume(listener.runId());
    }

    String columns =
        "image_id, outcome, cause, predicted_class, actual_class, score, detection, annotation_id";
    String all = "SELECT %s FROM %s ORDER BY image_id, detection, annotation_id";
    assertThat(database.query(all.formatted(columns, into + "_matches")))
        .isNotEmpty()
        .isEqualTo(database.query(all.formatted(columns, into + "_expected_matches")));
    assertThat(runsOf(into + "_matches")).containsExactly(listener.runId());
    assertThat(leftOvers()).isEmpty();
  }

  /** A table of labels that a user has made may have no index. */
  @Test
  void looksUpImagesByAnIndex() throws Exception {
    KilledAt listener = new KilledAt("publish");
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(() -> RunFixture.run(session, SHOW + "LIMIT 6" + KEEP + " INTO indexed"))
          .isInstanceOf(Killed.class);
    }

    assertThat(
            database.query(
                "SELECT column_name FROM information_schema.statistics WHERE table_schema = 'seeql'"
                    + " AND table_name = 'result_"
                    + listener.runId()
                    + "' AND column_name <> 'seeql_id'"))
        .containsExactly("image_id");
    try (SeeqlSession session = fixture.session()) {
      session.resume(listener.runId());
    }
  }

  @Test
  void refusesATableOfMatchesThatNoRunWroteOrThatMayNotBeReplaced() throws Exception {
    database.execute("CREATE TABLE precious_matches (a INT)");
    run(SHOW + "LIMIT 3" + KEEP + " INTO strict");
    database.execute("DROP TABLE strict");

    assertRefused(
        KEEP + " INTO precious",
        "Table seeql_test.precious_matches exists and is not a table of matches, so keep_matches"
            + " does not replace it; rename it, or choose another target");
    assertRefused(
        KEEP + ", mode = error INTO strict",
        "Table seeql_test.strict_matches exists, and mode=error; use --mode=append or"
            + " --mode=overwrite, or drop the table");
    assertRefused(
        KEEP + " INTO " + "n".repeat(57),
        "With keep_matches, the target's name has at most 56 characters, because the matches are"
            + " written into %s_matches: %1$s has 57".formatted("n".repeat(57)));
  }

  private static void assertRefused(String clause, String problem) {
    assertThatThrownBy(() -> fixture.execute(SHOW + clause))
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }
}
