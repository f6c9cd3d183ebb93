package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.Explanation;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.StatementResult.Novelty;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;

class OnlyNewIT {
  private static RunFixture fixture;
  private static TestDatabase database;

  @TempDir private static Path images;

  private Nightly nightly;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
  }

  @AfterAll
  static void leaveNoModel() throws Exception {
    Nightly.leaveNoModel(fixture);
  }

  @BeforeEach
  void makeImages() throws Exception {
    nightly = new Nightly(fixture, images);
  }

  @Test
  void infersAllAtFirstThenNothingThenWhatIsNew() throws Exception {
    RunSummary first = nightly.run();
    RunSummary second = nightly.run();
    nightly.arrive(7);
    nightly.arrive(8);
    RunSummary third = nightly.run();

    assertThat(List.of(first.images(), second.images(), third.images()))
        .containsExactly(6L, 0L, 2L);
    assertThat(List.of(Nightly.leftOut(first), Nightly.leftOut(second), Nightly.leftOut(third)))
        .containsExactly(0L, 6L, 6L);
    assertThat(nightly.rows()).isEqualTo(nightly.expected()).isNotEmpty();
    assertThat(
            database.query(
                "SELECT images, left_out, state FROM seeql.runs WHERE run_id = '%s'"
                    .formatted(third.runId())))
        .containsExactly("2|6|succeeded");
  }

  @Test
  void anImageInWhichNothingIsFoundIsDoneAllTheSame() throws Exception {
    RunSummary first = nightly.run("--confidence=1");
    RunSummary second = nightly.run("--confidence=1");

    assertThat(database.count("nightly")).isZero();
    assertThat(first.done()).isEqualTo(6);
    assertThat(second.images()).isZero();
  }

  @Test
  void anotherModelUnderTheSameNameSeesAllImages() throws Exception {
    nightly.run();
    List<String> before = nightly.rows();
    fixture.execute(Nightly.PEOPLE);

    RunSummary replaced = nightly.run();

    assertThat(replaced.images()).isEqualTo(6);
    assertThat(replaced.novelty().orElseThrow().others()).containsExactly("night version 1");
    assertThat(
            database.query(
                "SELECT image_id, detection, label, ROUND(score, 4) FROM nightly WHERE run_id = '%s' ORDER BY 1, 2, 3"
                    .formatted(replaced.runId())))
        .isEqualTo(nightly.expected());
    assertThat(nightly.rows()).containsAll(before).hasSize(before.size() + (int) replaced.rows());
  }

  @Test
  void theSameModelRegisteredOnceMoreIsNoOther() {
    nightly.run();
    fixture.execute(Nightly.SCOUT);

    assertThat(nightly.run().images()).isZero();
  }

  @Test
  void anImageIsItsIdAndItsPath() throws Exception {
    nightly.run();
    database.execute("UPDATE incoming SET file_name = CONCAT('./', file_name) WHERE image_id = 2");

    RunSummary second = nightly.run();

    assertThat(second.images()).isEqualTo(1);
    assertThat(
            database.query(
                "SELECT DISTINCT image_id FROM nightly WHERE run_id = '%s'"
                    .formatted(second.runId())))
        .containsExactly("2");
  }

  @Test
  void anImageWithoutAnIdIsItsPath() throws Exception {
    String nobody = "SELECT CAST(NULL AS CHAR(8)) AS image_id, file_name FROM incoming";
    RunSummary first = fixture.summary(nightly.statement(nobody));
    RunSummary second = fixture.summary(nightly.statement(nobody));
    RunSummary named =
        fixture.summary(nightly.statement("SELECT 'NULL' AS image_id, file_name FROM incoming"));

    assertThat(List.of(first.images(), second.images(), named.images()))
        .containsExactly(6L, 0L, 6L);
  }

  @Test
  void anImageThatIsSelectedTwiceIsInferredTwiceAndThenDone() throws Exception {
    String twice = "SELECT * FROM incoming UNION ALL SELECT * FROM incoming WHERE image_id = 3";
    RunSummary first = fixture.summary(nightly.statement(twice, "--partitions=7"));
    RunSummary second = fixture.summary(nightly.statement(twice));
    RunSummary oneId =
        fixture.summary(nightly.statement("SELECT 3 AS image_id, file_name FROM incoming"));

    assertThat(List.of(first.images(), second.images(), oneId.images()))
        .containsExactly(7L, 0L, 5L);
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM seeql.done_images JOIN seeql.runs ON done_set = set_id WHERE run_id = '%s'"
                    .formatted(first.runId())))
        .containsExactly("11");
  }

  @Test
  void keepsTheOrderAndTheLimitOfTheSelect() throws Exception {
    RunSummary run =
        fixture.summary(
            "SELECT image_id, file_name FROM incoming ORDER BY image_id DESC LIMIT 4 TO PREDICT seeql_test.moved.found WITH mode = 'append', only_new = true, image_dir = '%s', partitions = 1 USING night"
                .formatted(images));
    RunSummary again =
        fixture.summary(
            "SELECT image_id, file_name FROM incoming ORDER BY image_id DESC LIMIT 5 TO PREDICT seeql_test.moved.found WITH mode = 'append', only_new = true, image_dir = '%s', partitions = 1 USING night"
                .formatted(images));

    assertThat(run.images()).isEqualTo(4);
    assertThat(again.images()).isEqualTo(1);
    assertThat(database.query("SELECT image_id FROM moved"))
        .containsExactly("6", "5", "4", "3", "2");
  }

  @Test
  void explainSaysHowManyAreNew() throws Exception {
    String statement = "EXPLAIN " + nightly.statement("SELECT * FROM incoming ORDER BY image_id");
    Map<String, Object> before = ((Explanation) fixture.execute(statement)).document();
    nightly.run();
    nightly.arrive(7);
    fixture.execute(Nightly.PEOPLE + "; " + Nightly.SCOUT);
    Explanation after = (Explanation) fixture.execute(statement);

    assertThat(before).containsEntry("images", 6L).containsEntry("new_images", 6L);
    assertThat(after.document())
        .containsEntry("images", 7L)
        .containsEntry("new_images", 1L)
        .containsEntry("new_to", "night version 1");
    assertThat(after.text()).contains("new images     1\nnew to         night version 1\n");
  }

  @Test
  void aSearchLooksOnlyAtWhatIsNewForItsPredicate() throws Exception {
    LabelledDemo.load(database, "night_profile", "profile");
    fixture.execute(
        "SELECT * FROM night_profile.images LIMIT 40 TO EVALUATE night WITH dataset = 'night' INTO seeql_test.night_scores");

    FindSummary first = find("person");
    FindSummary second = find("person");
    nightly.arrive(7);
    FindSummary third = find("person");
    FindSummary other = find("NOT person");

    assertThat(first.run().images()).isEqualTo(6);
    assertThat(second.run().images()).isZero();
    assertThat(third.run().images()).isEqualTo(1);
    assertThat(other.run().images()).isEqualTo(7);
    assertThat(other.run().novelty().map(Novelty::others))
        .isEqualTo(Optional.of(List.of("person, person by night version 1 from 0.25")));
    assertThat(database.query("SELECT image_id FROM nightly"))
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "7");
  }

  private static FindSummary find(String predicate) {
    return (FindSummary)
        fixture.execute(
            "SELECT * FROM incoming TO FIND %s WITH dataset = 'night', only_models = ['night'], mode = 'append', only_new = true, image_dir = '%s' INTO nightly"
                .formatted(predicate, images));
  }
}
