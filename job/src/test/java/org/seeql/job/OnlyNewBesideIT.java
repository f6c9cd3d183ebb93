package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;

/** Concurrent runs into one table, and runs that are resumed after other runs. */
class OnlyNewBesideIT {
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
  static void leaveNoModel() {
    fixture.execute("DROP MODEL IF EXISTS night");
  }

  @BeforeEach
  void makeImages() throws Exception {
    nightly = new Nightly(fixture, images);
  }

  @Test
  void firstAppendsSideBySideAreNotedForTheTableThatOneOfThemMakes() throws Exception {
    during("partition", append("image_id <= 3"), () -> fixture.execute(append("image_id > 3")));

    assertThat(nightly.run().images()).isZero();
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aFirstAppendThatDiedBeforeAnotherMadeTheTableIsResumed() throws Exception {
    String dead = killed("partition", append("image_id <= 3"));
    fixture.execute(append("image_id > 3"));

    resume(dead);

    assertThat(nightly.run().images()).isZero();
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aRunThatHadOnlySelectedIsNotResumedAfterAnotherDidItsImages() throws Exception {
    nightly.run();
    nightly.arrive(7);
    String dead = killed("partition", nightly.statement(Nightly.INCOMING));

    RunSummary next = nightly.run();

    assertRefused(dead, next, "for the others run its statement again");
  }

  @Test
  void aFirstRunIsNotResumedAfterAnotherMadeTheTable() throws Exception {
    String dead = killed("partition", nightly.statement(Nightly.INCOMING));

    RunSummary next = nightly.run();

    assertRefused(dead, next, "for the others run its statement again");
  }

  @Test
  void aPlainAppendIsNotResumedAfterAnotherDidItsImages() throws Exception {
    String dead = killed("infer", append("image_id <= 4"));

    RunSummary next = nightly.run();

    assertRefused(dead, next, "for the others run its statement with mode=append and only_new");
  }

  @Test
  void aRunIsNotResumedIntoATableThatWasCreatedAgain() throws Exception {
    String dead = killed("publish", append("image_id <= 4"));
    database.execute("DROP TABLE nightly");
    nightly.run();

    assertThatThrownBy(() -> resume(dead))
        .isInstanceOf(RefusalException.class)
        .hasMessageMatching(
            "Cannot resume run %s: the table seeql_test.nightly was altered or created again after the run had written \\d+ partitions into it; run its statement again"
                .formatted(dead));
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aRunWhoseTableWasDroppedCreatesItAgainWithoutImagesOfOtherRuns() throws Exception {
    String dead = killed("infer", append("image_id <= 4"));
    nightly.run();
    database.execute("DROP TABLE nightly");

    resume(dead);

    assertThat(nightly.run().images()).isEqualTo(2);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void nothingElseWritesWhereARunAddsWhatIsNew() throws Exception {
    nightly.run();
    nightly.arrive(7);
    String overwrite = append("TRUE").replace("--mode=append", "--mode=overwrite");
    AtomicReference<Throwable> appended = new AtomicReference<>();
    AtomicReference<Throwable> overwritten = new AtomicReference<>();

    String run =
        during(
            "infer",
            nightly.statement(Nightly.INCOMING),
            () -> {
              appended.set(catchThrowable(() -> fixture.execute(append("image_id = 7"))));
              overwritten.set(catchThrowable(() -> fixture.execute(overwrite)));
            });

    assertThat(appended.get())
        .isInstanceOf(RefusalException.class)
        .hasMessageMatching(
            "Run %s is appending to seeql_test\\.nightly \\(process \\d+ on .+, last heartbeat \\d+ s ago\\); wait until it ends, or stop it"
                .formatted(run));
    assertThat(overwritten.get())
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("Run %s is appending to seeql_test.nightly (process".formatted(run));
    assertThat(nightly.rows()).isEqualTo(nightly.expected());

    resume(((RunFailedException) overwritten.get()).runId());
    assertThat(nightly.run().images()).isZero();
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void addsNothingNewDuringAnAppend() throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();

    during(
        "infer", append("image_id <= 3"), () -> refused.set(catchThrowable(() -> nightly.run())));

    assertThat(refused.get())
        .isInstanceOf(RefusalException.class)
        .hasMessageContaining("is appending to seeql_test.nightly (process");
    assertThat(nightly.run().images()).isEqualTo(3);
  }

  @Test
  void anAppendKeepsItsNotesWhenAnotherFindsTheTableEmptied() throws Exception {
    nightly.run();
    nightly.arrive(7);
    nightly.arrive(8);
    during(
        "infer",
        append("image_id = 7"),
        () -> {
          database.execute("TRUNCATE TABLE nightly");
          fixture.execute(append("image_id = 8"));
        });

    assertThat(nightly.run().images()).isEqualTo(6);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  private static String append(String where) {
    return "SELECT * FROM incoming WHERE %s TO RUN x CMD 'detect', '--model=night', '--mode=append', '--image_dir=%s' INTO nightly"
        .formatted(where, images);
  }

  private void assertRefused(String dead, RunSummary next, String cure) throws Exception {
    assertThatThrownBy(() -> resume(dead))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot resume run %s: run %s has since processed some of its remaining images; %s"
                .formatted(dead, next.runId(), cure));
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  private static void resume(String runId) {
    try (SeeqlSession session = fixture.session()) {
      session.resume(runId);
    }
  }

  private static String killed(String stage, String statement) {
    AtomicReference<String> runId = new AtomicReference<>();
    RunListener killer =
        listener(
            runId,
            stage,
            () -> {
              throw new AssertionError("killed");
            });
    try (SeeqlSession session = fixture.session(Map.of(), killer)) {
      assertThatThrownBy(() -> RunFixture.run(session, statement)).hasMessage("killed");
    }
    return runId.get();
  }

  /** Runs a statement, and another action at the start of one of its stages. */
  private static String during(String stage, String statement, Act act) {
    AtomicReference<String> runId = new AtomicReference<>();
    try (SeeqlSession session = fixture.session(Map.of(), listener(runId, stage, act))) {
      RunFixture.run(session, statement);
    }
    return runId.get();
  }

  private interface Act {
    void now() throws Exception;
  }

  private static RunListener listener(AtomicReference<String> runId, String at, Act act) {
    AtomicBoolean done = new AtomicBoolean();
    return new RunListener() {
      @Override
      public void started(String id) {
        runId.set(id);
      }

      @Override
      public void stage(String name, String detail) {
        if (name.equals(at) && done.compareAndSet(false, true)) {
          try {
            act.now();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
      }
    };
  }
}
