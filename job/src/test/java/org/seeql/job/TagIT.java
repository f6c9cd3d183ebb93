package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

/** A tagger of red, green and blue: runs, evaluation, and the choice of models. */
class TagIT {
  private static final Path MODELS =
      Path.of("..", "udfs/src/test/resources/org/seeql/udf/model").toAbsolutePath().normalize();
  private static final String ALL = "SELECT * FROM images ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    fixture.execute(
        "CREATE MODEL colors OPTIONS (uri = '%s', normalization = 'none')"
            .formatted(MODELS.resolve("tag_named.onnx").toUri()));
    database.execute(
        "CREATE DATABASE tagged",
        "CREATE TABLE tagged.images AS SELECT image_id, file_name FROM images",
        "CREATE TABLE tagged.categories (id INT, name VARCHAR(20))",
        "INSERT INTO tagged.categories VALUES (1, 'red'), (2, 'green'), (3, 'violet')",
        "CREATE TABLE tagged.annotations (image_id BIGINT, category_id INT)",
        // red or green by turns, both in some images; two annotations of a class count once
        "INSERT INTO tagged.annotations SELECT image_id, 1 FROM images WHERE image_id % 2 = 0",
        "INSERT INTO tagged.annotations SELECT image_id, 1 FROM images WHERE image_id % 4 = 0",
        "INSERT INTO tagged.annotations SELECT image_id, 2 FROM images WHERE image_id % 3 = 0",
        "INSERT INTO seeql.image_roots VALUES ('tagged', 'images', '" + RunFixture.IMAGES + "')");
    tag("all_tags", "--confidence=0");
  }

  @AfterAll
  static void drop() throws Exception {
    fixture.execute("DROP MODEL colors");
    database.execute(
        "DELETE FROM seeql.model_profiles WHERE dataset IN ('tagged.images', 'tagged_set')",
        "DROP DATABASE tagged");
  }

  private static void tag(String into, String options) {
    fixture.summary(
        ALL + "TO RUN any/image CMD 'tag', '--model=colors', '" + options + "' INTO " + into);
  }

  @Test
  void writesARowForEachClassOfAnImageThatReachesTheScore() throws Exception {
    tag("some_tags", "--confidence=0.8");

    assertThat(database.columns("some_tags"))
        .containsExactly(
            "run_id", "image_id", "file_name", "place", "class_id", "label", "score", "model");
    assertThat(database.query("SELECT COUNT(*), COUNT(DISTINCT image_id) FROM all_tags"))
        .containsExactly("72|24");
    String columns = "SELECT image_id, place, class_id, label, score FROM ";
    assertThat(database.query(columns + "some_tags"))
        .containsExactlyInAnyOrderElementsOf(
            database.query(columns + "all_tags WHERE score >= 0.8"))
        .hasSizeBetween(20, 60);
    assertThat(
            database.query(
                "SELECT a.image_id FROM all_tags a JOIN all_tags b ON a.image_id = b.image_id"
                    + " AND a.place < b.place WHERE a.score < b.score"))
        .isEmpty();
  }

  @Test
  void writesTheOtherShapes() throws Exception {
    tag("wide_tags", "--result=wide");
    tag("json_tags", "--result=image");
    fixture.summary(ALL + "TO PREDICT shown_tags.seen USING colors");

    assertThat(
            database.query(
                "SELECT COUNT(*) FROM wide_tags w JOIN all_tags t USING (image_id) WHERE"
                    + " t.score >= 0.25 AND ABS(t.score - CASE t.label WHEN 'red' THEN w.red WHEN"
                    + " 'green' THEN w.green ELSE w.blue END) < 1e-6"))
        .containsExactlyElementsOf(
            database.query("SELECT COUNT(*) FROM all_tags WHERE score >= 0.25"));
    assertThat(
            database.query(
                "SELECT j.tags = s.seen, JSON_EXTRACT(j.tags, '$[0].score') = t.score FROM"
                    + " json_tags j JOIN shown_tags s USING (image_id) JOIN all_tags t USING"
                    + " (image_id) WHERE t.place = 1 AND t.score >= 0.25"))
        .hasSizeGreaterThan(10)
        .containsOnly("1|1");
  }

  @Test
  void infersOnlyNewImages() throws Exception {
    tag("new_tags", "--mode=append', '--only_new=true', '--confidence=0.4");
    long rows = database.count("new_tags");
    tag("new_tags", "--mode=append', '--only_new=true', '--confidence=0.4");

    assertThat(database.count("new_tags")).isEqualTo(rows).isPositive();
    assertThatThrownBy(
            () -> tag("new_tags", "--mode=append', '--only_new=true', '--confidence=0.5"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("confidence");
  }

  private static EvaluationSummary evaluate(String options, String into) {
    return (EvaluationSummary)
        fixture.execute(
            "SELECT * FROM tagged.images TO EVALUATE colors WITH confidence = 0.8, batch_size = 4"
                + options
                + " INTO "
                + into);
  }

  /** Expected values: SQL over the tags of a run and the annotations. */
  @Test
  void measuresThePresenceOfClasses() throws Exception {
    EvaluationSummary summary = evaluate("", "tag_scores");

    String answers =
        "SELECT c.name AS class, EXISTS (SELECT 1 FROM tagged.annotations a WHERE a.image_id ="
            + " i.image_id AND a.category_id = c.id) AS truth, EXISTS (SELECT 1 FROM all_tags t"
            + " WHERE t.image_id = i.image_id AND t.label = c.name AND t.score >= 0.8) AS answer"
            + " FROM tagged.images i JOIN tagged.categories c ON c.id < 3";
    String counts =
        "SELECT class, SUM(truth AND answer) AS tp, SUM(NOT truth AND answer) AS fp,"
            + " SUM(truth AND NOT answer) AS fn, SUM(NOT truth AND NOT answer) AS tn FROM ("
            + answers
            + ") x GROUP BY class";
    assertThat(
            database.query(
                "SELECT class, present_tp, present_fp, present_fn, present_tn,"
                    + " ROUND(object_precision, 9), ROUND(object_recall, 9), ap50 FROM tag_scores"
                    + " WHERE scope = 'class' ORDER BY class"))
        .containsExactlyElementsOf(
            database.query(
                "SELECT class, tp, fp, fn, tn, ROUND(tp * 1e0 / (tp + fp), 9),"
                    + " ROUND(tp * 1e0 / (tp + fn), 9), NULL FROM ("
                    + counts
                    + ") y ORDER BY class"))
        .hasSize(2);
    String f1 =
        database
            .query("SELECT ROUND(AVG(2 * tp / (2 * tp + fp + fn)), 4) FROM (" + counts + ") y")
            .get(0);
    assertThat(summary.findings().get("quality"))
        .startsWith("mean F1 %s over 2 classes; at confidence 0.8: precision 0.".formatted(f1));
    assertThat(summary.findings())
        .containsEntry(
            "classes",
            "unknown to the data set: blue (nearest to 'blue': violet); unknown to the model: violet");
  }

  /** Expected values: SQL over the tags of a run and the annotations. */
  @Test
  void keepsTheOutcomeOfEachClassOfEachImage() throws Exception {
    evaluate(", keep_matches = true", "kept_tags");

    String shows =
        "EXISTS (SELECT 1 FROM tagged.annotations a JOIN tagged.categories c ON c.id = a.category_id"
            + " WHERE a.image_id = t.image_id AND c.name = t.label)";
    assertThat(
            database.query(
                "SELECT image_id, predicted_class, outcome, cause, counted, actual_class, score FROM"
                    + " kept_tags_matches WHERE outcome <> 'missed' ORDER BY 1, 2"))
        .containsExactlyElementsOf(
            database.query(
                "SELECT image_id, label, IF(%1$s, 'true positive', 'false positive'), IF(%1$s, NULL, 'background'), score >= 0.8, IF(%1$s, label, NULL), score FROM all_tags t WHERE label <> 'blue' AND score >= 0.001 ORDER BY 1, 2"
                    .formatted(shows)))
        .hasSizeGreaterThan(40);
    assertThat(
            database.query(
                "SELECT image_id, actual_class, predicted_class, cause, counted, score, file_name"
                    + " FROM kept_tags_matches WHERE outcome = 'missed' ORDER BY 1, 2"))
        .containsExactlyElementsOf(
            database.query(
                "SELECT image_id, label, NULL, NULL, 1, NULL, file_name FROM all_tags t WHERE label <> 'blue' AND score < 0.8 AND %s ORDER BY 1, 2"
                    .formatted(shows)))
        .isNotEmpty();
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM kept_tags_matches WHERE detection IS NOT NULL OR"
                    + " annotation_id IS NOT NULL OR x_min IS NOT NULL OR iou IS NOT NULL"))
        .containsExactly("0");
  }

  @ParameterizedTest
  @CsvSource({"red AND NOT green, ''", "red OR green, \", strategy = 'cascade'\""})
  void isChosenToFindImages(String predicate, String options) throws Exception {
    evaluate(", dataset = 'tagged_set'", "tag_scores_set");

    fixture.execute(
        ALL
            + "TO FIND "
            + predicate
            + " WITH dataset = 'tagged_set', only_models = 'colors'"
            + options.replace('"', ' ')
            + " INTO found_tags");

    String shows =
        "EXISTS (SELECT 1 FROM all_tags t WHERE t.image_id = i.image_id AND t.label = '%s' AND"
            + " t.score >= 0.8)";
    String condition =
        predicate.replace("red", shows.formatted("red")).replace("green", shows.formatted("green"));
    if (options.isEmpty()) {
      assertThat(database.query("SELECT image_id FROM found_tags ORDER BY 1"))
          .containsExactlyElementsOf(
              database.query("SELECT image_id FROM images i WHERE " + condition + " ORDER BY 1"))
          .isNotEmpty();
    }
    assertThat(database.columns("found_tags")).contains("evidence");
  }

  @Test
  void keepsTheScoresOfASample() throws Exception {
    evaluate(", dataset = 'tagged_set'", "tag_scores_set");

    assertThat(
            database.query(
                "SELECT class_name, scores IS NOT NULL FROM seeql.model_profile_classes JOIN"
                    + " seeql.model_profiles USING (profile_id) WHERE dataset = 'tagged_set' AND"
                    + " class_name <> 'violet' ORDER BY 1"))
        .containsExactly("green|1", "red|1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT * FROM tagged.images TO EVALUATE colors LABEL x INTO t | Model 'colors' cannot use LABEL, which is only for classifiers; remove LABEL: the labels of a model that can tag are in the tables annotations and categories
          SELECT * FROM images TO EVALUATE colors INTO t | There are no labels for model 'colors': no database of the SELECT (seeql_test) has the tables annotations (image_id, category_id) and categories (id, name); create them with `seeql import coco`
          SELECT * FROM images TO RUN x CMD 'classify', '--model=colors' INTO t | Program 'classify' needs to classify, but model 'colors' can only tag
          """)
  void refuses(String program, String problem) {
    assertThatThrownBy(() -> fixture.execute(program))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot run the statement at line 1, column 1: " + problem);
  }

  @Test
  void describesTheModel() {
    StatementResult.ModelDetails details =
        (StatementResult.ModelDetails) fixture.execute("DESCRIBE MODEL colors");

    assertThat(details.properties())
        .containsEntry("task", "tag")
        .containsEntry("layout", "tagging")
        .containsEntry("labels", String.join(", ", List.of("red", "green", "blue")))
        .containsEntry(
            "reason for layout", "the file's task is tag, with one value for each of 3 classes")
        .containsEntry(
            "reason for activation",
            "for a blank image and for noise the scores are -4.00 to 0.0292");
  }
}
