package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.PartitionCommit;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.PartitionWriter;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.TableRows;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.statement.TableName;

/** Runs whose drivers lose their connections, or do not respond for longer than their lease. */
class OwnershipIT {
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
  void aRunStaysItsDriversWhenAllConnectionsAreKilled() throws Exception {
    AtomicReference<Throwable> refused = new AtomicReference<>();

    RunSummary first =
        during(
            "infer",
            append("TRUE"),
            () -> {
              killConnections();
              refused.set(catchThrowable(() -> nightly.run()));
            });

    assertThat(refused.get())
        .isInstanceOf(RefusalException.class)
        .hasMessageStartingWith(
            "Run %s is appending to seeql_test.nightly (process ".formatted(first.runId()));
    assertThat(nightly.run().images()).isZero();
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aDriverThatWasReplacedWhileItWasAsleepCommitsNothing() throws Exception {
    AtomicReference<String> runId = new AtomicReference<>();

    Throwable failure =
        catchThrowable(
            () ->
                during(
                    runId,
                    "infer",
                    append("TRUE"),
                    () -> {
                      endLease(runId.get());
                      resume(runId.get());
                    }));

    assertThat(failure)
        .isInstanceOf(RunFailedException.class)
        .hasMessageStartingWith(
            "Run %1$s failed here: run %1$s was taken over by another driver".formatted(runId));
    assertThat(state(runId.get())).isEqualTo("succeeded|null");
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aDriverThatWasReplacedPublishesNothing() throws Exception {
    String overwrite = append("TRUE").replace("--mode=append", "--mode=overwrite");
    AtomicReference<String> runId = new AtomicReference<>();

    Throwable failure =
        catchThrowable(
            () ->
                during(
                    runId,
                    "publish",
                    overwrite,
                    () -> {
                      endLease(runId.get());
                      resume(runId.get());
                      fixture.execute(append("image_id = 1"));
                    }));

    assertThat(failure).isInstanceOf(RunFailedException.class);
    assertThat(state(runId.get())).isEqualTo("succeeded|null");
    assertThat(nightly.rows()).hasSizeGreaterThan(nightly.expected().size());
  }

  @Test
  void aRunThatAddsWhatIsNewTakesTheImagesOfOneThatIsAsleep() throws Exception {
    AtomicReference<String> asleep = new AtomicReference<>();
    AtomicReference<String> next = new AtomicReference<>();

    Throwable failure =
        catchThrowable(
            () ->
                during(
                    asleep,
                    "infer",
                    append("TRUE"),
                    () -> {
                      endLease(asleep.get());
                      next.set(nightly.run().runId());
                    }));

    assertThat(failure)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("was taken over by another driver");
    assertThat(state(asleep.get()))
        .startsWith("failed|process ")
        .endsWith(
            "did not renew its lease; run %s took over the target seeql_test.nightly"
                .formatted(next));
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aPublisherThatIsAsleepIsHelpedBeforeOthersAdd() throws Exception {
    String overwrite = append("image_id <= 3").replace("--mode=append", "--mode=overwrite");
    fixture.execute(append("image_id = 1"));
    String publisher = killed("publish", overwrite);
    notePublisher(publisher, "nightly", "EXISTING");

    RunSummary next = nightly.run();

    assertThat(next.images()).isEqualTo(3);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
    assertThat(database.query("SELECT publisher FROM seeql.targets WHERE target_table = 'nightly'"))
        .containsExactly("null");
    resume(publisher);
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aResultThatIsPublishedForAnotherDriverKeepsTheNameOfItsTarget() throws Exception {
    assumeNamesHaveCase();
    String publisher = killed("publish", append("image_id <= 3", "overwrite", "Nightly"));
    notePublisher(publisher, "Nightly", "EXISTING");

    RunSummary next = nightly.run();
    resume(publisher);

    assertThat(database.query("SELECT DISTINCT run_id FROM nightly")).containsExactly(next.runId());
    assertThat(database.query("SELECT DISTINCT run_id FROM Nightly")).containsExactly(publisher);
    database.execute("DROP TABLE Nightly");
  }

  @Test
  void tablesWhoseNamesDifferInCaseAreTwoTargets() throws Exception {
    assumeNamesHaveCase();
    AtomicReference<RunSummary> other = new AtomicReference<>();

    RunSummary first =
        during("infer", append("TRUE", "append", "Nightly"), () -> other.set(nightly.run()));

    assertThat(other.get().images()).isEqualTo(first.images()).isEqualTo(6);
    database.execute("DROP TABLE Nightly");
  }

  private static void assumeNamesHaveCase() throws Exception {
    assumeTrue(database.query("SELECT @@lower_case_table_names").contains("0"));
  }

  @Test
  void aTableThatWasCreatedMeanwhileIsNotReplacedForAnotherDriver() throws Exception {
    fixture.execute(append("image_id = 1"));
    String publisher = killed("publish", append("TRUE").replace(", '--mode=append'", ""));
    notePublisher(publisher, "nightly", "RESULTS");
    String staging = "`seeql_staging_" + publisher + "`";
    database.execute("DROP TABLE nightly", "CREATE TABLE nightly LIKE " + staging);
    database.execute("ALTER TABLE nightly COMMENT = 'mine'");

    fixture.execute(append("image_id = 1"));

    assertThat(
            database.query(
                "SELECT table_comment FROM information_schema.tables WHERE table_schema = 'seeql_test' AND table_name = 'nightly'"))
        .containsExactly("mine");
    assertThat(state(publisher))
        .isEqualTo("failed|seeql_test.nightly was created before the result was published");
    database.execute("DROP TABLE nightly, seeql.`selection_%s`, %s".formatted(publisher, staging));
  }

  @Test
  void aRunOfAnotherMachineIsTakenOverWhenItsLeaseHasRunOut() throws Exception {
    String lost = killed("infer", append("TRUE"));
    holdElsewhere(lost, 2);

    resume(lost);

    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aRunOfAnotherMachineThatRenewsItsLeaseIsLeftToIt() throws Exception {
    String remote = killed("infer", append("TRUE"));
    holdElsewhere(remote, 600);
    AtomicBoolean over = new AtomicBoolean();
    Thread heartbeat = new Thread(() -> renewUntil(over, remote));
    heartbeat.start();
    try {
      assertThatThrownBy(() -> resume(remote))
          .isInstanceOf(RefusalException.class)
          .hasMessageMatching(
              "Run %s is running in another process \\(process 4711 on elsewhere, last heartbeat \\d+ s ago\\); wait until it ends, or stop it there"
                  .formatted(remote));
      assertThatThrownBy(() -> nightly.run())
          .isInstanceOf(RefusalException.class)
          .hasMessageStartingWith("Run %s is appending to seeql_test.nightly".formatted(remote));
    } finally {
      over.set(true);
      heartbeat.join();
      endLease(remote);
    }
    assertThat(database.query("SHOW TABLES LIKE 'nightly'").isEmpty() ? 0 : nightly.rows().size())
        .isZero();
  }

  @Test
  void aRunWhoseTableWasReplacedBySomebodyElseHasNotSucceeded() throws Exception {
    fixture.execute(append("image_id = 1"));

    Throwable failure =
        catchThrowable(
            () ->
                during(
                    "publish",
                    append("image_id > 1"),
                    () ->
                        database.execute(
                            "DROP TABLE nightly",
                            "CREATE TABLE nightly (mine INT) COMMENT = 'SeeQL run other (detection)'")));

    assertThat(failure)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("was dropped or replaced while the run was adding to it");
    database.execute("DROP TABLE nightly");
  }

  @Test
  void anOlderRunDoesNotReplaceTheResultOfANewerOne() throws Exception {
    String overwrite = append("image_id <= 3").replace("--mode=append", "--mode=overwrite");
    String older = killed("publish", overwrite);
    String newer = fixture.summary(append("TRUE")).runId();
    List<String> rows = nightly.rows();

    assertThatThrownBy(() -> resume(older))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot resume run %1$s: run %2$s started later and has written seeql_test.nightly, but run %1$s would replace it with an older result; to replace it, use `seeql run --resume %1$s --force`"
                .formatted(older, newer));
    assertThat(nightly.rows()).isEqualTo(rows);

    try (SeeqlSession session = fixture.session()) {
      session.resume(older, ResumeMode.REPLACE_NEWER_RESULT);
    }
    assertThat(nightly.rows()).hasSizeLessThan(rows.size());
  }

  @Test
  void aSelectionThatADeadDriverHasLeftIsDroppedByTheNextRun() throws Exception {
    String runId = fixture.summary(append("TRUE")).runId();
    database.execute("CREATE TABLE seeql.`selection_" + runId + "` (a INT PRIMARY KEY)");

    nightly.run();

    assertThat(database.query("SHOW TABLES FROM seeql LIKE 'selection\\_" + runId + "'")).isEmpty();
  }

  @Test
  void aTaskOfARunThatHasFailedCommitsNothing() throws Exception {
    AtomicReference<String> runId = new AtomicReference<>();
    AtomicLong epoch = new AtomicLong();

    Throwable failure =
        catchThrowable(
            () ->
                during(
                    runId,
                    "infer",
                    append("TRUE"),
                    () -> {
                      epoch.set(epoch(runId.get()));
                      throw new IllegalStateException("broken");
                    }));

    assertThat(failure).isInstanceOf(RunFailedException.class);
    assertThat(state(runId.get())).isEqualTo("failed|IllegalStateException: broken");
    try (PartitionWriter late =
        new PartitionWriter(
            database.connector(),
            runId.get(),
            0,
            new AttemptId(epoch.get(), 1),
            run(runId.get()).layout(),
            new TableRows(
                runId.get(), TableName.of("seeql_test", "nightly"), run(runId.get()).layout()))) {
      assertThatThrownBy(() -> late.commit(new PartitionCommit(6, 0, 0, 0.5, "{}")))
          .isInstanceOf(OwnershipLostException.class);
    }
    resume(runId.get());
    assertThat(nightly.rows()).isEqualTo(nightly.expected());
  }

  @Test
  void aNamedRunThatAnotherDriverEndedMeanwhileIsNotDeleted() throws Exception {
    String statement = append("TRUE");
    RunListener killing =
        new RunListener() {
          @Override
          public void stage(String name, String detail) {
            if (name.equals("select")) {
              throw new AssertionError("killed");
            }
          }
        };
    assertThat(catchThrowable(() -> ask("ended-meanwhile", statement, killing)))
        .hasMessage("killed");

    CompletableFuture<StatementResult> asked;
    try (DatabaseSession other = DatabaseSession.open(database.connector())) {
      other.connection().setAutoCommit(false);
      other.query(
          "SELECT * FROM seeql.run_leases WHERE run_id = 'ended-meanwhile' FOR UPDATE",
          row -> true);
      asked =
          CompletableFuture.supplyAsync(() -> ask("ended-meanwhile", statement, RunListener.NONE));
      awaitStatement("INSERT INTO `seeql`.`run_leases`%");
      other.update("UPDATE seeql.runs SET state = 'succeeded' WHERE run_id = 'ended-meanwhile'");
      other.connection().commit();
    }

    assertThat(asked.get())
        .isEqualTo(new StatementResult.Done("Run ended-meanwhile has succeeded already"));
    assertThat(state("ended-meanwhile")).isEqualTo("succeeded|null");
  }

  @Test
  void aRunWhoseSelectionCannotBeDroppedHasSucceeded() throws Exception {
    AtomicReference<String> runId = new AtomicReference<>();

    RunSummary summary =
        during(
            runId,
            "publish",
            append("TRUE"),
            () ->
                database.execute(
                    "CREATE TABLE seeql.holds (a BIGINT NOT NULL, FOREIGN KEY (a) REFERENCES seeql.`selection_%s` (seeql_row)) ENGINE = InnoDB"
                        .formatted(runId.get())));

    assertThat(summary.images()).isEqualTo(6);
    assertThat(state(runId.get())).isEqualTo("succeeded|null");
    database.execute("DROP TABLE seeql.holds");
  }

  @Test
  void aRunThatHasSucceededStaysSo() throws Exception {
    String runId = fixture.summary(append("TRUE")).runId();

    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      RunRecords.failed(session, runId, PartitionRecords.totals(session, runId), "too late");
    }

    assertThat(state(runId)).isEqualTo("succeeded|null");
  }

  @Test
  void aRunIsTakenOverWhenTheTransactionOfItsFormerDriverEnds() throws Exception {
    String lost = killed("infer", append("TRUE"));
    String url = database.connector().url();
    DatabaseConnector impatient =
        new DatabaseConnector(
            url + (url.contains("?") ? "&" : "?") + "sessionVariables=innodb_lock_wait_timeout=1",
            database.connector().user(),
            database.connector().password());
    List<String> notices = new CopyOnWriteArrayList<>();

    try (DatabaseSession former = DatabaseSession.open(database.connector())) {
      former.connection().setAutoCommit(false);
      former.query(
          "SELECT * FROM seeql.run_partitions WHERE run_id = '%s' FOR UPDATE".formatted(lost),
          row -> true);
      FutureTask<RunOwner> next =
          new FutureTask<>(
              () -> RunOwner.take(impatient, lost, Duration.ofSeconds(60), notices::add));
      new Thread(next).start();
      Awaitility.await().until(() -> !notices.isEmpty() || next.isDone());
      former.connection().rollback();
      next.get().close();
    }

    assertThat(notices).containsExactly("until the transaction of the previous driver ends");
  }

  @Test
  void aDriverThatWasReplacedBeforeItsRunBeganReportsIt() throws Exception {
    String lost = killed("infer", append("TRUE"));
    // until the run waits
    holdElsewhere(lost, 50);
    AtomicBoolean isReplaced = new AtomicBoolean();
    RunListener replacing =
        new RunListener() {
          @Override
          public void stage(String name, String detail) {
            if (name.equals("wait") && isReplaced.compareAndSet(false, true)) {
              try {
                database.execute(
                    "UPDATE seeql.run_leases SET epoch = epoch + 1 WHERE run_id = 'replaced'",
                    "UPDATE seeql.run_leases SET lease_until = UTC_TIMESTAMP(3) WHERE run_id = '%s'"
                        .formatted(lost));
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          }
        };

    assertThatThrownBy(() -> ask("replaced", nightly.statement(Nightly.INCOMING), replacing))
        .isInstanceOf(RunFailedException.class)
        .hasMessage(
            "Run replaced failed here: run replaced was taken over by another driver, because this driver did not renew its lease. `seeql run --resume replaced` waits for the other driver, and continues the run if that one fails");
  }

  @Test
  @Timeout(60)
  void aSelectionThatSomebodyReadsDelaysNoRun() throws Exception {
    String runId = fixture.summary(append("TRUE")).runId();
    String selection = "seeql.`selection_" + runId + "`";
    database.execute("CREATE TABLE " + selection + " (a INT PRIMARY KEY)");
    try (DatabaseSession reader = DatabaseSession.open(database.connector())) {
      reader.connection().setAutoCommit(false);
      reader.execute("SELECT * FROM " + selection);

      assertThat(nightly.run().images()).isZero();
    }
    database.execute("DROP TABLE IF EXISTS " + selection);
  }

  private static void killConnections() throws Exception {
    for (String id :
        database.query(
            "SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user = SUBSTRING_INDEX(CURRENT_USER(), '@', 1)")) {
      try {
        database.execute("KILL " + id);
      } catch (java.sql.SQLException e) {
        // the connection has already ended
      }
    }
  }

  /** Puts a run into the state of one whose driver has not renewed its lease. */
  private static void endLease(String runId) throws Exception {
    database.execute(
        "UPDATE seeql.run_leases SET lease_until = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND WHERE run_id = '%s'"
            .formatted(runId));
  }

  /** Puts the target into the state during the publication of a result. */
  private static void notePublisher(String runId, String table, String replacing) throws Exception {
    database.execute(
        "UPDATE seeql.targets SET publisher = '%s', replacing = '%s' WHERE target_table = '%s'"
            .formatted(runId, replacing, table));
  }

  private static void holdElsewhere(String runId, int seconds) throws Exception {
    database.execute(
        "UPDATE seeql.run_leases SET owner_host = 'elsewhere', owner_process = '4711 1 another machine', lease_until = UTC_TIMESTAMP(3) + INTERVAL %d SECOND WHERE run_id = '%s'"
            .formatted(seconds, runId),
        "UPDATE seeql.runs SET state = 'running' WHERE run_id = '%s'".formatted(runId));
  }

  private static void renewUntil(AtomicBoolean over, String runId) {
    try {
      while (!over.get()) {
        database.execute(
            "UPDATE seeql.run_leases SET heartbeat = UTC_TIMESTAMP(3) WHERE run_id = '%s'"
                .formatted(runId));
        Thread.sleep(100);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long epoch(String runId) throws Exception {
    return Long.parseLong(
        database
            .query("SELECT epoch FROM seeql.run_leases WHERE run_id = '%s'".formatted(runId))
            .get(0));
  }

  private static RunRecord run(String runId) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return RunRecords.find(session, runId).orElseThrow();
    }
  }

  private static void awaitStatement(String pattern) {
    Awaitility.await()
        .until(
            () ->
                database.query(
                    "SELECT id FROM information_schema.processlist WHERE info LIKE '%s'"
                        .formatted(pattern)),
            ids -> !ids.isEmpty());
  }

  private static StatementResult ask(String runId, String statement, RunListener listener) {
    try (SeeqlSession session = fixture.namedSession(runId, listener)) {
      return RunFixture.run(session, statement);
    }
  }

  private static String state(String runId) throws Exception {
    return database
        .query("SELECT state, error FROM seeql.runs WHERE run_id = '%s'".formatted(runId))
        .get(0);
  }

  private static String append(String where) {
    return append(where, "append", "nightly");
  }

  private static String append(String where, String mode, String table) {
    return "SELECT * FROM incoming WHERE %s TO RUN x CMD 'detect', '--model=night', '--mode=%s', '--image_dir=%s' INTO %s"
        .formatted(where, mode, images, table);
  }

  private static void resume(String runId) {
    try (SeeqlSession session = fixture.session()) {
      session.resume(runId);
    }
  }

  private static String killed(String stage, String statement) {
    AtomicReference<String> runId = new AtomicReference<>();
    Throwable thrown =
        catchThrowable(
            () ->
                during(
                    runId,
                    stage,
                    statement,
                    () -> {
                      throw new AssertionError("killed");
                    }));
    assertThat(thrown).hasMessage("killed");
    return runId.get();
  }

  private interface Act {
    void now() throws Exception;
  }

  private static RunSummary during(String stage, String statement, Act act) {
    return during(new AtomicReference<>(), stage, statement, act);
  }

  /** Runs a statement, and another action at the start of one of its stages. */
  private static RunSummary during(
      AtomicReference<String> runId, String at, String statement, Act act) {
    AtomicBoolean done = new AtomicBoolean();
    RunListener listener =
        new RunListener() {
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
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      return (RunSummary) RunFixture.run(session, statement);
    }
  }
}
