package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.plan.PlanningException;

/** TO FIND with a reference model. */
class ReferenceIT {
  private static final List<String> MODELS = List.of("scout", "ranger", "sentinel");
  private static final String SELECT = "SELECT * FROM many ";
  // the images of the fixture, each many times, so that bounds can be certified
  private static final int COPIES = 12;
  private static final int IMAGES = COPIES * RunFixture.IMAGE_COUNT;
  private static final double CONFIDENCE = 0.25;

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    fixture.execute(create("ranger", "yolov5", 256));
    fixture.execute(create("sentinel", "yolov8", 416));
    database.execute(
        "DROP TABLE IF EXISTS many",
        "CREATE TABLE many (image_id INT PRIMARY KEY, path VARCHAR(200), original INT)",
        "INSERT INTO many SELECT 1000 * n.id + i.image_id, file_name, i.image_id FROM images AS i"
            + " JOIN (WITH RECURSIVE n AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM n WHERE id < "
            + COPIES
            + ") SELECT id FROM n) AS n",
        "DELETE FROM seeql.image_roots WHERE table_name = 'many'",
        "INSERT INTO seeql.image_roots SELECT DATABASE(), 'many', '" + RunFixture.IMAGES + "'");
    for (String model : MODELS) {
      fixture.execute(
          "SELECT * FROM images TO RUN any/image CMD 'detect', '--model="
              + model
              + "', '--confidence=0.001', '--mode=overwrite' INTO reference_all_"
              + model);
    }
  }

  private static String create(String model, String layout, int size) {
    return "CREATE OR REPLACE MODEL %1$s OPTIONS (uri = 'models/%1$s.onnx', layout = '%2$s', input_size = %3$d, labels = 'models/%1$s.labels.txt')"
        .formatted(model, layout, size);
  }

  private static String statement(String select, String predicate, String options) {
    return select
        + "TO FIND "
        + predicate
        + " WITH reference = 'sentinel', only_models = ['scout', 'ranger', 'sentinel']"
        + options;
  }

  private static FindSummary find(String select, String predicate, String options) {
    return (FindSummary) fixture.execute(statement(select, predicate, options));
  }

  /** The score of a class by a model that runs alone. */
  private static float score(String model, String className, String original) throws Exception {
    List<String> scores =
        database.query(
            "SELECT MAX(score) FROM reference_all_%s WHERE label = '%s' AND image_id = %s HAVING COUNT(*) > 0"
                .formatted(model, className, original));
    return scores.isEmpty() ? 0 : Float.parseFloat(scores.get(0));
  }

  private static boolean answer(List<Rung> ladder, String className, String original)
      throws Exception {
    for (Rung rung : ladder) {
      float score = score(rung.model(), className, original);
      if (score >= rung.yesFrom()) {
        return true;
      }
      if (score < rung.noBelow()) {
        return false;
      }
    }
    throw new IllegalStateException("the last rung answers");
  }

  private static JsonNode stored(String runId) throws Exception {
    return new ObjectMapper()
        .readTree(
            database
                .query("SELECT plan FROM seeql.find_plans WHERE run_id = '" + runId + "'")
                .get(0));
  }

  /** The rows of the sample. The selection has the order of the SELECT. */
  private static Set<Integer> sample(String runId) throws Exception {
    Set<Integer> rows = new TreeSet<>();
    stored(runId)
        .get("reference")
        .get("sample")
        .fieldNames()
        .forEachRemaining(row -> rows.add(Integer.valueOf(row)));
    return rows;
  }

  @Test
  void sampledImagesKeepTheAnswersOfTheReferenceAndOthersFollowTheCascade() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_found");

    // the run id determines the sample
    FindSummary found;
    try (SeeqlSession session = fixture.namedSession("reference-cascade", RunListener.NONE)) {
      found =
          (FindSummary)
              RunFixture.run(
                  session,
                  statement(
                      SELECT + "ORDER BY image_id ",
                      "person",
                      ", min_recall = 0.6, min_precision = 0.6, sample_size = 160, keep_all = true"
                          + " INTO reference_found"));
    }

    assertThat(found.report().plan()).isInstanceOf(CascadePlan.class);
    List<Rung> ladder = ((CascadePlan) found.report().plan()).ladders().get("person");
    Set<Integer> sample = sample(found.run().runId());
    assertThat(sample).hasSize(160);
    List<String> expected = new ArrayList<>();
    int row = 0;
    for (String image :
        database.query("SELECT CONCAT(image_id, ' ', original) FROM many ORDER BY image_id")) {
      row++;
      String original = image.split(" ")[1];
      boolean isFound =
          sample.contains(row)
              ? score("sentinel", "person", original) >= CONFIDENCE
              : answer(ladder, "person", original);
      expected.add(image.split(" ")[0] + " " + (isFound ? 1 : 0));
    }
    assertThat(database.query("SELECT CONCAT(image_id, ' ', found) FROM reference_found"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(found.report().counts().images()).isEqualTo(IMAGES - 160);
    assertThat(found.report().totals())
        .anyMatch(line -> line.startsWith("reference a cascade, certified compared with sentinel"))
        .anyMatch(line -> line.contains("for 160 sampled images"))
        .anyMatch(
            line ->
                line.startsWith("certified recall at least 0.")
                    && line.endsWith(
                        "with confidence 0.95, compared with sentinel on all images of this"
                            + " selection"));
  }

  @Test
  void aBoundThatTheSampleCannotCertifyMakesTheReferenceRunAlone() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_alone");

    FindSummary found =
        find(SELECT, "person", ", min_recall = 0.99, sample_size = 60 INTO reference_alone");

    assertThat(found.report().plan().models()).containsExactly("sentinel");
    assertThat(found.report().totals())
        .anyMatch(
            line ->
                line.startsWith(
                    "reference sentinel answers the remaining images alone: Cannot certify"
                        + " min_recall = 0.99 (certified 0."));
    assertThat(database.query("SELECT image_id FROM reference_alone"))
        .containsExactlyInAnyOrderElementsOf(
            database.query(
                "SELECT m.image_id FROM many AS m WHERE EXISTS (SELECT 1 FROM"
                    + " reference_all_sentinel AS r WHERE r.image_id = m.original AND r.label ="
                    + " 'person' AND r.score >= 0.25)"));
  }

  @Test
  void aSelectionWithinTheSampleIsAnsweredByTheReferenceOnce() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_small");

    FindSummary found =
        find(
            "SELECT * FROM many WHERE image_id < 2000 ",
            "person AND NOT dog",
            ", min_recall = 0.9 INTO reference_small");

    assertThat(found.report().counts().images()).isZero();
    assertThat(found.report().counts().models()).allMatch(model -> model.images() == 0);
    assertThat(found.report().totals())
        .contains(
            "reference sentinel answers the remaining images alone: the sample contains all images");
    assertThat(database.query("SELECT original FROM reference_small ORDER BY original"))
        .isEqualTo(
            database.query(
                "SELECT image_id FROM images AS i WHERE EXISTS (SELECT 1 FROM"
                    + " reference_all_sentinel AS r WHERE r.image_id = i.image_id AND label ="
                    + " 'person' AND score >= 0.25) AND NOT EXISTS (SELECT 1 FROM"
                    + " reference_all_sentinel AS r WHERE r.image_id = i.image_id AND label ="
                    + " 'dog' AND score >= 0.25) ORDER BY image_id"));
  }

  @Test
  void aBrokenImageOfTheSampleFailsInTheRun() throws Exception {
    database.execute(
        "DROP TABLE IF EXISTS reference_broken",
        "INSERT INTO many VALUES (1, 'no such file.jpg', 0)");
    try {
      RunSummary run =
          find(
                  "SELECT * FROM many WHERE image_id < 2000 ",
                  "person",
                  ", min_recall = 0.9 INTO reference_broken")
              .run();

      assertThat(run.failed()).isEqualTo(1);
      assertThat(
              database.query(
                  "SELECT path FROM seeql.run_failures WHERE run_id = '" + run.runId() + "'"))
          .containsExactly("no such file.jpg");
    } finally {
      database.execute("DELETE FROM many WHERE image_id = 1");
    }
  }

  @Test
  void aRunWithOnlyNewImagesDrawsItsSampleFromThem() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_new");
    String options = ", min_recall = 0.8, mode = append, only_new = true INTO reference_new";

    find("SELECT * FROM many WHERE image_id < 2000 ", "person", options);
    FindSummary second = find("SELECT * FROM many WHERE image_id < 3000 ", "person", options);
    FindSummary third = find("SELECT * FROM many WHERE image_id < 3000 ", "person", options);

    assertThat(second.run().images()).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(third.run().images()).isZero();
    assertThat(database.query("SELECT COUNT(DISTINCT image_id) - COUNT(*) FROM reference_new"))
        .containsExactly("0");
  }

  /** Kills the run at the start of a stage, and returns its id. */
  private static String killedAt(String stage, String statement) {
    KilledAt killer = new KilledAt(stage);
    try (SeeqlSession session = fixture.session(Map.of(), killer)) {
      assertThatThrownBy(() -> RunFixture.run(session, statement)).isInstanceOf(Killed.class);
    }
    return killer.runId();
  }

  @Test
  void aRunKilledBeforeItsPlanIsChosenDrawsTheSameSampleWhenResumed() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_early");
    String runId =
        killedAt(
            "sample",
            statement(
                SELECT,
                "person",
                ", min_recall = 0.8, sample_size = 150, keep_all = true INTO reference_early"));
    assertThat(stored(runId).get("request").get("sampleSize").asInt()).isEqualTo(150);

    try (SeeqlSession session = fixture.session()) {
      session.resume(runId);
    }

    assertThat(database.count("reference_early")).isEqualTo(IMAGES);
    assertThat(sample(runId)).hasSize(150);
  }

  @Test
  void aRunKilledAfterItsPlanIsChosenKeepsTheSampleAndThePlan() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_late");
    String runId =
        killedAt(
            "infer",
            statement(
                SELECT,
                "person",
                ", min_recall = 0.8, sample_size = 150, keep_all = true INTO reference_late"));
    JsonNode before = stored(runId);

    try (SeeqlSession session = fixture.session()) {
      FindSummary resumed = (FindSummary) session.resume(runId);
      assertThat(resumed.report().reference()).isPresent();
    }

    assertThat(stored(runId)).isEqualTo(before);
    assertThat(database.count("reference_late")).isEqualTo(IMAGES);
  }

  @Test
  void explainNamesTheModelsOfTheSample() {
    StatementResult.Explanation explanation =
        (StatementResult.Explanation)
            fixture.execute(
                "EXPLAIN "
                    + statement(SELECT, "person AND dog", ", min_recall = 0.9 INTO reference_x"));

    assertThat(explanation.document())
        .containsEntry("reference", "sentinel")
        .containsEntry("sample_size", 400);
    assertThat(explanation.text()).contains("ranger version").contains("scout version");
  }

  @Test
  void aReferenceThatCannotAnswerIsRefused() {
    assertThatThrownBy(() -> find(SELECT, "persn", ", min_recall = 0.9 INTO reference_none"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "The reference 'sentinel' does not know a class of the predicate: Unknown class 'persn'"
                + "; known: person,");
    assertThatThrownBy(
            () ->
                fixture.execute(
                    SELECT + "TO FIND person WITH reference = 'sentinl', min_recall = 0.9 INTO t"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("'sentinl'")
        .hasMessageContaining("; it comes from reference");
  }

  @Test
  void anAuditComparesTheRunWithTheReferenceOnRandomImages() throws Exception {
    database.execute("DROP TABLE IF EXISTS reference_audited");

    FindSummary found =
        find(
            SELECT,
            "person",
            ", min_recall = 0.8, sample_size = 150, audit = 100, keep_all = true INTO"
                + " reference_audited");

    // the same images, counted from the rows of the run
    List<String> rows =
        database.query(
            "SELECT CONCAT(measure, ' ', compared_with, ' ', images, ' ', failed, ' ', required, ' ',"
                + " trials, ' ', outcome) FROM seeql.run_audits WHERE run_id = '"
                + found.run().runId()
                + "'");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0)).startsWith("recall sentinel 100 0 0.8 ").endsWith(" holds");
    assertThat(found.report().totals())
        .anyMatch(
            line ->
                line.startsWith("audit     recall ")
                    && line.endsWith(
                        ": min_recall = 0.8 holds; compared with sentinel on 100 random images"));
    assertThat(found.report().document()).containsKey("audit");
  }

  @Test
  void anAuditWhoseModelFailsDoesNotPreventTheResult() throws Exception {
    database.execute("DROP TABLE IF EXISTS audit_failed");
    AtomicReference<String> runId = new AtomicReference<>();
    String audited =
        SELECT
            + "TO FIND person WITH reference = 'sentinel', only_models = ['scout', 'sentinel'],"
            + " min_recall = 0.8, sample_size = 100, audit = 50, keep_all = true INTO audit_failed";
    RunListener breaker =
        new RunListener() {
          @Override
          public void started(String id) {
            runId.set(id);
          }

          @Override
          public void stage(String name, String detail) {
            if (name.equals("audit")) {
              // a task of the audit no longer finds its images
              try {
                database.execute(
                    "RENAME TABLE seeql.`selection_" + runId.get() + "` TO seeql.away");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };

    FindSummary found;
    try (SeeqlSession session = fixture.session(Map.of(), breaker)) {
      found = (FindSummary) RunFixture.run(session, audited);
    } finally {
      database.execute("DROP TABLE IF EXISTS seeql.away");
    }

    assertThat(database.count("audit_failed")).isEqualTo(IMAGES);
    assertThat(found.report().totals()).anyMatch(line -> line.startsWith("audit     failed: "));
    assertThat(
            database.query("SELECT * FROM seeql.run_audits WHERE run_id = '" + runId.get() + "'"))
        .isEmpty();
  }
}
