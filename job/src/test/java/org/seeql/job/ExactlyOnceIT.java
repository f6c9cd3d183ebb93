package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.RunFixture;

class ExactlyOnceIT {
  private static final String ALL = "SELECT * FROM images";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    fixture.detect(ALL, "expected_rows", "--confidence=0.05");
  }

  private static String killAt(String stage, String program) {
    KilledAt listener = new KilledAt(stage);
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(() -> RunFixture.run(session, program)).isInstanceOf(Killed.class);
    }
    return listener.runId();
  }

  private static List<String> rows(String table) throws Exception {
    return database.query(
        "SELECT image_id, detection, label, ROUND(score, 4) FROM "
            + table
            + " ORDER BY image_id, detection");
  }

  private static RunSummary resume(String runId) {
    try (SeeqlSession session = fixture.session()) {
      return (RunSummary) session.resume(runId);
    }
  }

  @Test
  void aDriverThatDiesBeforeItPublishesLosesNothing() throws Exception {
    String runId = killAt("publish", RunFixture.detection(ALL, "unpublished", "--confidence=0.05"));
    assertThat(database.query("SHOW TABLES LIKE 'unpublished'")).isEmpty();

    RunSummary summary = resume(runId);

    assertThat(summary.skippedPartitions()).isEqualTo(summary.partitions());
    assertThat(rows("unpublished")).isEqualTo(rows("expected_rows"));
  }

  @Test
  void aDriverThatDiesAfterThePublishIsNotRepeated() throws Exception {
    String runId = killAt("publish", RunFixture.detection(ALL, "published", "--confidence=0.05"));
    database.execute(
        "RENAME TABLE `seeql_staging_" + runId + "` TO published",
        "CREATE TABLE `seeql_old_" + runId + "` (a INT)");

    RunSummary summary = resume(runId);

    assertThat(summary.rows()).isEqualTo(database.count("published"));
    assertThat(rows("published")).isEqualTo(rows("expected_rows"));
    assertThat(database.query("SHOW TABLES LIKE 'seeql\\_old%'")).isEmpty();
    assertThat(database.query("SELECT state FROM seeql.runs WHERE run_id = '" + runId + "'"))
        .containsExactly("succeeded");
  }

  @Test
  void aTableThatTookTheResultsPlaceMeanwhileStays() throws Exception {
    fixture.detect(ALL, "taken", "--partitions=3");
    String runId = killAt("publish", RunFixture.detection(ALL, "taken", "--confidence=0.05"));
    database.execute("DROP TABLE taken", "CREATE TABLE taken (mine INT)");

    assertThatThrownBy(() -> resume(runId))
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith(
            "Run %s failed: table seeql_test.taken was created during the run, and no run of SeeQL wrote it; rename it. "
                .formatted(runId));
    database.execute("RENAME TABLE taken TO mine");
    resume(runId);

    assertThat(database.count("mine")).isZero();
    assertThat(rows("taken")).isEqualTo(rows("expected_rows"));
  }

  @Test
  void aRunWhoseCommittedRowsAreGoneReplacesNothing() throws Exception {
    String runId = killAt("publish", RunFixture.detection(ALL, "later", "--partitions=3"));
    database.execute("RENAME TABLE `seeql_staging_" + runId + "` TO later");
    RunSummary replaced = fixture.detect(ALL, "later", "--confidence=0.05");

    assertThatThrownBy(() -> resume(runId))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot resume run %1$s: the rows of its 3 committed partitions (seeql_test.seeql_staging_%1$s) no longer exist; run its statement again"
                .formatted(runId));
    assertThat(database.count("later")).isEqualTo(replaced.rows());
  }

  @Test
  void aDriverThatDiesBeforeItInfersGoesOn() throws Exception {
    String runId = killAt("infer", RunFixture.detection(ALL, "begun", "--confidence=0.05"));

    assertThat(resume(runId).skippedPartitions()).isZero();
    assertThat(rows("begun")).isEqualTo(rows("expected_rows"));
  }

  private static StatementResult ask(String runId, String program, RunListener listener) {
    try (SeeqlSession session = fixture.namedSession(runId, listener)) {
      return RunFixture.run(session, program);
    }
  }

  @Test
  void aNamedRunThatIsRequestedAgainContinuesWhereItEnded() throws Exception {
    String program = RunFixture.detection(ALL, "named", "--confidence=0.05", "--partitions=6");
    for (String stage : List.of("select", "partition", "publish")) {
      assertThatThrownBy(() -> ask("nightly-1", program, new KilledAt(stage)))
          .isInstanceOf(Killed.class);
    }

    RunSummary summary = (RunSummary) ask("nightly-1", program, RunListener.NONE);

    assertThat(summary.runId()).isEqualTo("nightly-1");
    assertThat(summary.skippedPartitions()).isEqualTo(6);
    assertThat(rows("named")).isEqualTo(rows("expected_rows"));
    assertThat(ask("nightly-1", program, RunListener.NONE))
        .isEqualTo(new StatementResult.Done("Run nightly-1 has succeeded already"));
    assertThatThrownBy(() -> ask("nightly-1", RunFixture.detection(ALL, "other"), RunListener.NONE))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Run nightly-1 belongs to another statement; choose another run id, or submit that statement");
  }

  @Test
  void aResumedRunSeesTheImagesThatItSelected() throws Exception {
    database.execute("CREATE TABLE moving AS SELECT image_id, file_name FROM images");
    String runId =
        killAt(
            "partition",
            RunFixture.detection(
                "SELECT * FROM moving",
                "moved",
                "--confidence=0.05",
                "--image_dir=" + RunFixture.IMAGES));
    database.execute("DELETE FROM moving");

    resume(runId);

    assertThat(rows("moved")).isEqualTo(rows("expected_rows"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM seeql.run_partitions WHERE run_id = '%s' FOR UPDATE",
        "LOCK TABLES seeql_test.`seeql_staging_%s` READ",
      })
  void connectionsThatAreCutCostNoRow(String lock) throws Exception {
    try (Cutter cutter = new Cutter(lock);
        SeeqlSession session = fixture.session(Map.of(), cutter)) {
      RunSummary summary =
          (RunSummary)
              RunFixture.run(
                  session,
                  RunFixture.detection(ALL, "cut_off", "--confidence=0.05", "--partitions=6"));

      assertThat(cutter.end()).isPositive();
      assertThat(summary.rows()).isEqualTo(database.count("cut_off"));
    }
    assertThat(rows("cut_off")).isEqualTo(rows("expected_rows"));
  }

  /**
   * Holds a lock until connections that commit a partition wait for it, and kills these
   * connections.
   */
  private static final class Cutter implements RunListener, AutoCloseable {
    private final String lock;
    private final DatabaseSession holder = DatabaseSession.open(database.connector());
    private final CompletableFuture<Integer> killed = new CompletableFuture<>();
    private String runId;

    Cutter(String lock) throws SQLException {
      this.lock = lock;
    }

    @Override
    public void started(String id) {
      runId = id;
    }

    @Override
    public void stage(String name, String detail) {
      if (name.equals("infer")) {
        try {
          holder.connection().setAutoCommit(false);
          holder.execute(lock.formatted(runId));
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
        killed.completeAsync(this::killThoseThatWait);
      }
    }

    private int killThoseThatWait() {
      try (holder) {
        List<String> waiting =
            Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                    () ->
                        database.query(
                            "SELECT id FROM information_schema.processlist WHERE info LIKE"
                                + " '%INTO `seeql_test`.`seeql\\_staging%' AND info NOT LIKE"
                                + " '%processlist%' OR info LIKE 'UPDATE"
                                + " `seeql`.`run_partitions`%'"),
                    ids -> !ids.isEmpty());
        for (String id : waiting) {
          database.execute("KILL " + id);
        }
        return waiting.size();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Returns the number of killed connections. */
    int end() {
      return killed.join();
    }

    @Override
    public void close() throws SQLException {
      holder.close();
    }
  }

  @Test
  void nobodySeesHalfOfAnOverwrite() throws Exception {
    fixture.detect(ALL, "swapped", "--confidence=0.05");
    long whole = database.count("swapped");
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<List<Long>> reader =
        CompletableFuture.supplyAsync(
            () -> {
              List<Long> counts = new java.util.ArrayList<>();
              try {
                while (!over.get()) {
                  counts.add(database.count("swapped"));
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return counts;
            });
    try {
      for (int i = 0; i < 3; i++) {
        fixture.detect(ALL, "swapped", "--confidence=0.05", "--partitions=6");
      }
    } finally {
      over.set(true);
    }

    assertThat(reader.get()).isNotEmpty().containsOnly(whole);
  }

  @Test
  void twoDriversDoNotWorkOnOneRun() throws Exception {
    AtomicReference<Throwable> second = new AtomicReference<>();
    AtomicReference<String> id = new AtomicReference<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void started(String runId) {
            id.set(runId);
          }

          @Override
          public void stage(String name, String detail) {
            if (name.equals("publish")) {
              try (SeeqlSession session = fixture.session()) {
                second.set(
                    catchThrowableOfType(RefusalException.class, () -> session.resume(id.get())));
              }
            }
          }
        };
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      RunFixture.run(session, RunFixture.detection(ALL, "guarded"));
    }

    assertThat(second.get())
        .hasMessageMatching(
            "Run "
                + id.get()
                + " is running in another process \\(process \\d+ on .+, last heartbeat \\d+ s"
                + " ago\\); wait until it ends, or stop it there");
  }
}
