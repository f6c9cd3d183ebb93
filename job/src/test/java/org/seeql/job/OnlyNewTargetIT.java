package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;

class OnlyNewTargetIT {
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
  void startsNoSparkWhereNothingIsNew() {
    nightly.run();
    SeeqlSession session =
        new SeeqlSession(
            database.connector(),
            () -> {
              throw new IllegalStateException("Spark is not needed");
            },
            new SessionOptions(
                OptionSet.NONE, ProgramCatalog.standard(), RunFixture.DEMO, images.resolve("c")),
            RunListener.NONE);

    try (session) {
      RunSummary nothing =
          (RunSummary) RunFixture.run(session, nightly.statement(Nightly.INCOMING));

      assertThat(nothing.images()).isZero();
      assertThat(nothing.partitions()).isZero();
    }
  }

  @Test
  void otherSettingsAreRefused() {
    nightly.run();

    assertThatThrownBy(() -> nightly.run("--confidence=0.4", "--iou=0.5", "--batch_size=3"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "Table seeql_test.nightly has results of night version 1 with confidence=0.25, iou=0.45, but this run would add results with confidence=0.4, iou=0.5; use the same options, write into another table, or replace this table with --mode=overwrite");
  }

  @Test
  void deletesRecordsWithTheTable() throws Exception {
    nightly.run();
    database.execute("DROP TABLE nightly");
    RunSummary dropped = nightly.run();
    database.execute("TRUNCATE TABLE nightly");
    RunSummary emptied = nightly.run();

    assertThat(dropped.images()).isEqualTo(6);
    assertThat(emptied.images()).isEqualTo(6);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM seeql.done_images WHERE set_id IN (SELECT set_id FROM seeql.done_sets WHERE target_table = 'nightly')"))
        .containsExactly("6");
  }

  @Test
  void imagesOfATableThatIsGoneAreDeletedByTheRunOrALaterOne() throws Exception {
    nightly.run();
    String all = "SELECT COUNT(*) FROM seeql.done_images WHERE set_id = ";
    String set =
        database
            .query("SELECT MAX(set_id) FROM seeql.done_sets WHERE target_table = 'nightly'")
            .get(0);
    database.execute("DROP TABLE nightly");
    try (DatabaseSession other = DatabaseSession.open(database.connector())) {
      // This isolation level locks rows, but not the gaps next to them
      other.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      other.connection().setAutoCommit(false);
      other.execute("SELECT * FROM seeql.done_images WHERE set_id = %s FOR UPDATE".formatted(set));

      assertThat(nightly.run().images()).isEqualTo(6);
      assertThat(database.query(all + set)).containsExactly("6");
      other.connection().rollback();
    }

    assertThat(nightly.run().images()).isZero();
    assertThat(database.query(all + set)).containsExactly("0");
    assertThat(database.query("SELECT set_id FROM seeql.done_sets WHERE target_table = ''"))
        .isEmpty();
  }

  @Test
  void aRunThatMayBeResumedKeepsNoImagesOfATableThatIsGone() throws Exception {
    nightly.run();
    nightly.arrive(7);
    String dead = killedBeforeItInfers();
    database.execute("TRUNCATE TABLE nightly");

    RunSummary next = nightly.run();

    assertThat(next.images()).isEqualTo(7);
    assertThat(
            database.query(
                "SELECT COUNT(DISTINCT done_set) FROM seeql.runs WHERE run_id IN ('%s', '%s')"
                    .formatted(dead, next.runId())))
        .containsExactly("1");
    assertThatThrownBy(() -> resume(dead))
        .isInstanceOf(RefusalException.class)
        .hasMessageContaining("has since processed some of its remaining images");
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void countsWhatRunsWithoutOnlyNewHaveDone() throws Exception {
    fixture.execute(
        "SELECT * FROM incoming WHERE image_id <= 2 TO RUN x CMD 'detect', '--model=night', '--image_dir=%s' INTO nightly"
            .formatted(images));
    fixture.execute(
        "SELECT * FROM incoming WHERE image_id = 3 TO RUN x CMD 'detect', '--model=night', '--mode=append', '--image_dir=%s' INTO nightly"
            .formatted(images));

    RunSummary rest = nightly.run();

    assertThat(rest.images()).isEqualTo(3);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aTableOfUnknownOriginIsRefused() throws Exception {
    nightly.run();
    database.execute("RENAME TABLE nightly TO moved", "CREATE TABLE nightly LIKE moved");
    database.execute("INSERT INTO nightly SELECT * FROM moved", "ALTER TABLE nightly COMMENT = ''");

    assertThatThrownBy(() -> nightly.run())
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "Cannot determine which images seeql_test.nightly has: no run recorded some of its rows; write into another table, or replace this table with --mode=overwrite");

    fixture.execute(
        "SELECT * FROM incoming TO RUN x CMD 'detect', '--model=night', '--mode=append', '--image_dir=%s' INTO nightly"
            .formatted(images));
    assertThatThrownBy(() -> nightly.run())
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("no run recorded some of its rows");
  }

  @Test
  void recordsOfATableThatNoRunCreatedAreDeletedWhenItIsCreatedAgain() throws Exception {
    nightly.run();
    database.execute("RENAME TABLE nightly TO moved", "CREATE TABLE nightly LIKE moved");
    database.execute("ALTER TABLE nightly COMMENT = ''");
    RunSummary first = nightly.run();
    RunSummary second = nightly.run();
    TimeUnit.MILLISECONDS.sleep(1_100); // the server stores the time of a table in seconds
    database.execute("DROP TABLE nightly", "CREATE TABLE nightly LIKE moved");
    database.execute("ALTER TABLE nightly COMMENT = ''");
    database.execute("INSERT INTO nightly SELECT * FROM moved WHERE image_id = 1");

    assertThat(first.images()).isEqualTo(6);
    assertThat(second.images()).isZero();
    assertThatThrownBy(() -> nightly.run())
        .isInstanceOf(PlanningException.class)
        .hasMessageMatching(
            "(?s).*Cannot determine which images seeql_test.nightly has: it was altered or created again after runs recorded it; if its rows are still from these runs, execute UPDATE seeql.done_sets SET made_by = '@\\d+' WHERE target_database = 'seeql_test' AND target_table = 'nightly' AND made_by LIKE '@%', otherwise write into another table, or replace this table with --mode=overwrite.*");
  }

  @Test
  void aTableThatWasAlteredIsKnownAgainIfTheUserSaysSo() throws Exception {
    nightly.run();
    database.execute("RENAME TABLE nightly TO moved", "CREATE TABLE nightly LIKE moved");
    database.execute("ALTER TABLE nightly COMMENT = ''");
    nightly.run();
    TimeUnit.MILLISECONDS.sleep(1_100);
    database.execute("ALTER TABLE nightly ADD COLUMN note INT");
    Throwable refused = catchThrowable(() -> nightly.run());
    Matcher cure =
        Pattern.compile("UPDATE seeql.done_sets .* LIKE '@%'")
            .matcher(String.valueOf(refused.getMessage()));

    assertThat(cure.find()).isTrue();
    database.execute(cure.group());
    assertThat(nightly.run().images()).isZero();
  }

  @Test
  void imagesOfAnotherRootAreRefused(@TempDir Path other) throws Exception {
    nightly.run();

    assertThatThrownBy(
            () ->
                fixture.execute(
                    nightly
                        .statement(Nightly.INCOMING)
                        .replace(images.toString(), other.toString())))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "Table seeql_test.nightly has results of night version 1 with image_root=%s, but this run would add results with image_root=%s; use the same options"
                .formatted(images, other));
  }

  @Test
  void seesWhatIsDoneWhereTheUserHasAnOpenTransaction() throws Exception {
    nightly.run();
    nightly.arrive(7);
    RunSummary second =
        fixture.summary(
            "START TRANSACTION WITH CONSISTENT SNAPSHOT; " + nightly.statement(Nightly.INCOMING));
    RunSummary third =
        fixture.summary("SET autocommit = 0; " + nightly.statement(Nightly.INCOMING));

    assertThat(second.images()).isEqualTo(1);
    assertThat(third.images()).isZero();
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aRunThatDiedIsResumedOrDoneByTheNext() throws Exception {
    String dead = killedBeforeItInfers();

    RunSummary next = nightly.run();

    assertThat(next.images()).isEqualTo(6);
    assertThatThrownBy(() -> resume(dead))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot resume run %s: run %s has since processed some of its remaining images; for the others run its statement again"
                .formatted(dead, next.runId()));
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aRunThatIsResumedDoesTheRest() throws Exception {
    String dead = killedBeforeItInfers();
    nightly.arrive(7);

    RunSummary resumed = resume(dead);
    RunSummary next = nightly.run();

    assertThat(resumed.images()).isEqualTo(6);
    assertThat(next.images()).isEqualTo(1);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  private static RunSummary resume(String runId) {
    try (SeeqlSession session = fixture.session()) {
      return (RunSummary) session.resume(runId);
    }
  }

  private String killedBeforeItInfers() {
    AtomicReference<String> runId = new AtomicReference<>();
    RunListener killer =
        new RunListener() {
          @Override
          public void started(String id) {
            runId.set(id);
          }

          @Override
          public void stage(String name, String detail) {
            if (name.equals("infer")) {
              throw new AssertionError("killed");
            }
          }
        };
    try (SeeqlSession session = fixture.session(Map.of(), killer)) {
      assertThatThrownBy(() -> RunFixture.run(session, nightly.statement(Nightly.INCOMING)))
          .hasMessage("killed");
    }
    return runId.get();
  }

  @Test
  void needsATarget() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT * FROM incoming TO RUN x CMD 'detect', '--model=night', '--mode=append', '--only_new', '--image_dir=%s'"
                        .formatted(images)))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "only_new needs INTO: it excludes the images that the target has, and there is no target");
  }
}
