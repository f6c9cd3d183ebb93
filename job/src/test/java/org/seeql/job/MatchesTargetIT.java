package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;

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
}
