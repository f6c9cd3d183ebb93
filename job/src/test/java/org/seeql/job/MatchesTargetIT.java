package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

/** Tables that exist, or are created during the run, where an evaluation writes its two tables. */
class MatchesTargetIT {
  private static final String EVALUATE =
      "SELECT * FROM demo_unnamed.images LIMIT 3 TO EVALUATE scout WITH keep_matches = true,"
          + " batch_size = 1";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "demo_unnamed", "show");
  }

  @AfterAll
  static void drop() throws Exception {
    database.execute("DROP DATABASE demo_unnamed");
  }

  private static String run(String program) {
    return ((EvaluationSummary) fixture.execute(program)).run().runId();
  }

  /** Executes statements of another user before the run publishes its result. */
  private static final class OtherUser implements RunListener {
    private final List<String> statements;
    private final AtomicReference<String> runId = new AtomicReference<>();

    OtherUser(String... statements) {
      this.statements = List.of(statements);
    }

    @Override
    public void started(String id) {
      runId.set(id);
    }

    @Override
    public void stage(String name, String detail) {
      if (!name.equals("publish")) {
        return;
      }
      try {
        database.execute(statements.toArray(String[]::new));
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  private static String failed(String program, OtherUser other, String problem) throws Exception {
    try (SeeqlSession session = fixture.session(Map.of(), other)) {
      assertThatThrownBy(() -> RunFixture.run(session, program))
          .isInstanceOf(RunFailedException.class)
          .hasMessageStartingWith("Run %s failed: %s. ".formatted(other.runId.get(), problem));
    }
    return other.runId.get();
  }

  private static void resume(String runId) throws Exception {
    try (SeeqlSession session = fixture.session()) {
      session.resume(runId);
    }
  }

  private static List<String> runsOf(String table) throws Exception {
    return database.query("SELECT DISTINCT run_id FROM " + table + " ORDER BY run_id");
  }

  @Test
  void withoutAModeATargetThatWasCreatedDuringTheRunStays() throws Exception {
    run(EVALUATE + " INTO half");
    database.execute("DROP TABLE half");

    String runId =
        failed(
            EVALUATE + " INTO half",
            new OtherUser("CREATE TABLE half (mine INT)"),
            "table seeql_test.half was created during the run, and no run of SeeQL wrote it;"
                + " rename it");
    database.execute("RENAME TABLE half TO half_mine");
    resume(runId);

    assertThat(database.count("half_mine")).isZero();
    assertThat(runsOf("half")).containsExactly(runId).isEqualTo(runsOf("half_matches"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", mode = overwrite"})
  void keepsATableThatIsNotOfMatches(String mode) throws Exception {
    fixture.execute(
        RunFixture.detection(
            "SELECT * FROM demo_unnamed.images LIMIT 3", "found_matches", "--mode=overwrite"));
    database.execute("DROP TABLE IF EXISTS users_matches", "CREATE TABLE users_matches (a INT)");

    for (String target : List.of("found", "users")) {
      assertThatThrownBy(() -> fixture.execute(EVALUATE + mode + " INTO " + target))
          .isInstanceOf(PlanningException.class)
          .hasMessage(
              "Cannot run the statement at line 1, column 1: Table seeql_test.%s_matches exists and"
                      .formatted(target)
                  + " is not a table of matches, so keep_matches does not replace it; rename it, or"
                  + " choose another target");
    }
    assertThat(database.count("found_matches")).isPositive();
    assertThat(database.query("SHOW TABLES LIKE 'users%'")).containsExactly("users_matches");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", mode = overwrite"})
  void isResumedWhenAnotherTableNoLongerHasTheNameOfTheMatches(String mode) throws Exception {
    String target = mode.isEmpty() ? "plain" : "forced";
    run(EVALUATE + " INTO " + target);
    String matches = target + "_matches";

    String runId =
        failed(
            EVALUATE + mode + " INTO " + target,
            new OtherUser("DROP TABLE " + matches, "CREATE TABLE " + matches + " (mine INT)"),
            "table seeql_test."
                + matches
                + " was created during the run, and is not a table of"
                + " matches; rename it");
    database.execute("RENAME TABLE " + matches + " TO mine_" + target);
    resume(runId);

    assertThat(database.count("mine_" + target)).isZero();
    assertThat(runsOf(matches)).containsExactly(runId).isEqualTo(runsOf(target));
  }

  @Test
  void isResumedWhenItsNewTargetIsFreeAgain() throws Exception {
    String runId =
        failed(
            EVALUATE + " INTO unused",
            new OtherUser("CREATE TABLE unused_matches (mine INT)"),
            "table seeql_test.unused_matches was created during the run; rename it");
    database.execute("DROP TABLE unused_matches");
    resume(runId);

    assertThat(runsOf("unused_matches")).containsExactly(runId).isEqualTo(runsOf("unused"));
  }

  /**
   * Holds the decision about the table of matches until the evaluation waits for it, as another run
   * that begins to write into that table does.
   */
  private static final class OtherRun implements RunListener {
    private final CompletableFuture<List<String>> tables = new CompletableFuture<>();

    @Override
    public void stage(String name, String detail) {
      if (name.equals("publish")) {
        CountDownLatch held = new CountDownLatch(1);
        new Thread(() -> hold(held)).start();
        try {
          held.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    private void hold(CountDownLatch held) {
      try (DatabaseSession other = DatabaseSession.open(database.connector())) {
        other.begin();
        other.update(
            "INSERT INTO seeql.targets (target_database, target_table, version) VALUES"
                + " ('seeql_test', 'locked_matches', 1)");
        held.countDown();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    !database
                        .query(
                            "SELECT 1 FROM information_schema.processlist WHERE info LIKE 'UPDATE"
                                + " %targets%' AND id <> CONNECTION_ID()")
                        .isEmpty());
        tables.complete(database.query("SHOW TABLES LIKE 'locked%'"));
        other.rollBack();
      } catch (Exception | Error e) {
        held.countDown();
        tables.completeExceptionally(e);
      }
    }
  }

  @Test
  void isPublishedWhenNoOtherRunDecidesAboutTheMatches() throws Exception {
    OtherRun other = new OtherRun();
    try (SeeqlSession session = fixture.session(Map.of(), other)) {
      RunFixture.run(session, EVALUATE + " INTO locked");
    }

    assertThat(other.tables.get()).isEmpty();
    assertThat(database.query("SHOW TABLES LIKE 'locked%'"))
        .containsExactly("locked", "locked_matches");
  }

  @Test
  void deletesTheImageSetsOfAnEarlierResultWithTheNameOfTheMatches() throws Exception {
    fixture.execute(
        RunFixture.detection(
            "SELECT * FROM demo_unnamed.images LIMIT 3", "sets_matches", "--mode=append"));
    String sets = "SELECT COUNT(*) FROM seeql.done_sets WHERE target_table = 'sets_matches'";
    assertThat(database.query(sets)).containsExactly("1");
    database.execute("DROP TABLE sets_matches");

    run(EVALUATE + " INTO sets");

    assertThat(database.query(sets)).containsExactly("0");
  }
}
