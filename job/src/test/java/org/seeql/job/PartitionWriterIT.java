package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.FailureRecord;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.PartitionBounds;
import org.seeql.database.ledger.PartitionCommit;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.PartitionWriter;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.database.ledger.Selection;
import org.seeql.database.ledger.TableRows;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.statement.TableName;

class PartitionWriterIT {
  // More rows than are buffered, so that the transaction starts before the end
  private static final int MANY = 12_345;
  private static final long OWNER = 3;
  private static final AttemptId FIRST = new AttemptId(OWNER, 7);
  private static final AttemptId LATE = new AttemptId(OWNER, 8);
  private static final AttemptId FORMER = new AttemptId(OWNER - 1, 7);

  private static final ResultLayout LAYOUT =
      new ResultLayout(
          ResultLayout.Shape.DETECTION,
          List.of(
              ResultColumn.selected("image_id", "image_id"),
              ResultColumn.selected("file_name", "file_name"),
              ResultColumn.computed("score", ColumnType.DOUBLE.orNull())),
          "image_id",
          "file_name");

  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = RunFixture.shared().database();
  }

  private static TableName prepare(String runId) throws Exception {
    database.execute(
        "CREATE TABLE `" + runId + "` (image_id BIGINT, file_name VARCHAR(100), score DOUBLE)");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      Selection.create(session, runId, "SELECT * FROM images", List.of("image_id", "file_name"));
      PartitionRecords.create(session, runId, OWNER, List.of(new PartitionBounds(0, 1, 24)));
    }
    return TableName.of("seeql_test", runId);
  }

  private static PartitionWriter writer(String runId, TableName table) {
    return writer(runId, table, FIRST);
  }

  private static PartitionWriter writer(String runId, TableName table, AttemptId attempt) {
    return new PartitionWriter(
        database.connector(), runId, 0, attempt, LAYOUT, new TableRows(runId, table, LAYOUT));
  }

  private static void write(PartitionWriter writer, int rows) throws Exception {
    for (int i = 0; i < rows; i++) {
      writer.write(new SelectedRow(i % 24 + 1, i, "file"), List.of(0.5f));
    }
    writer.fail(
        new FailureRecord(
            1, Optional.of("1"), Optional.of("file"), "read", "There is none", Optional.empty()));
  }

  private static PartitionCommit commit(int rows) {
    return new PartitionCommit(24, 1, rows, 0.5, "{}");
  }

  @Test
  void anAttemptThatDiesAfterHalfOfItsRowsLeavesNoTrace() throws Exception {
    String runId = "half-written";
    TableName table = prepare(runId);

    try (PartitionWriter dying = writer(runId, table)) {
      write(dying, MANY);
    }

    assertThat(database.count("`half-written`")).isZero();
    assertThat(database.query("SELECT * FROM seeql.run_failures WHERE run_id = 'half-written'"))
        .isEmpty();
    assertThat(pending(runId)).hasSize(1);
    try (PartitionWriter again = writer(runId, table)) {
      write(again, MANY);
      assertThat(again.commit(commit(MANY))).isTrue();
    }
    assertThat(database.count("`half-written`")).isEqualTo(MANY);
    assertThat(pending(runId)).isEmpty();
  }

  @Test
  void theMarkNamesTheFileOfOneOfSeveralAttempts(@TempDir Path directory) throws Exception {
    String runId = "files";
    prepare(runId);

    try (PartitionWriter first = files(runId, FIRST, directory);
        PartitionWriter late = files(runId, LATE, directory)) {
      write(first, 10);
      write(late, 5);

      assertThat(first.commit(commit(10))).isTrue();
      assertThat(late.commit(commit(5))).isFalse();
    }

    assertThat(committedFiles(runId)).containsExactly("part-0-3-7");
    assertThat(Files.readAllLines(directory.resolve("part-0-3-7"))).hasSize(10);
  }

  @Test
  void attemptsOfTwoDriversWithOneNumberWriteTwoFiles(@TempDir Path directory) throws Exception {
    String runId = "files_of_drivers";
    prepare(runId);

    try (PartitionWriter former = files(runId, FORMER, directory);
        PartitionWriter first = files(runId, FIRST, directory)) {
      write(first, 10);
      write(former, 5);

      assertThatThrownBy(() -> former.commit(commit(5))).isInstanceOf(OwnershipLostException.class);
      assertThat(first.commit(commit(10))).isTrue();
    }

    assertThat(committedFiles(runId)).containsExactly("part-0-3-7");
    assertThat(Files.readAllLines(directory.resolve("part-0-3-7"))).hasSize(10);
    assertThat(Files.readAllLines(directory.resolve("part-0-2-7"))).hasSize(5);
  }

  @Test
  void manyFailuresAreWrittenBeforeTheFileIsComplete(@TempDir Path directory) throws Exception {
    String runId = "many_failures";
    prepare(runId);

    try (PartitionWriter writer = files(runId, FIRST, directory)) {
      for (int i = 0; i < MANY; i++) {
        write(writer, 1);
      }
      assertThat(writer.commit(commit(MANY))).isTrue();
    }

    assertThat(committedFiles(runId)).containsExactly("part-0-3-7");
    assertThat(
            database.query(
                "SELECT COUNT(*) FROM seeql.run_failures WHERE run_id = 'many_failures'"))
        .containsExactly(Integer.toString(MANY));
  }

  private static PartitionWriter files(String runId, AttemptId attempt, Path directory)
      throws IOException {
    return new PartitionWriter(
        database.connector(), runId, 0, attempt, LAYOUT, new FileRows(directory, 0, attempt));
  }

  private static List<String> committedFiles(String runId) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return PartitionRecords.committedAttempts(session, runId).stream()
          .map(committed -> FileRows.name(committed.partition(), committed.attempt()))
          .toList();
    }
  }

  private static List<PartitionBounds> pending(String runId) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return PartitionRecords.pending(session, runId);
    }
  }

  @Test
  void ofConcurrentAttemptsOneCommits() throws Exception {
    String runId = "twins";
    TableName table = prepare(runId);
    int concurrent = 6;
    ExecutorService threads = Executors.newFixedThreadPool(concurrent);
    List<Future<Boolean>> attempts = new ArrayList<>();
    try {
      for (int i = 0; i < concurrent; i++) {
        AttemptId id = new AttemptId(OWNER, i);
        Callable<Boolean> attempt =
            () -> {
              try (PartitionWriter writer = writer(runId, table, id)) {
                write(writer, 500);
                return writer.commit(commit(500));
              }
            };
        attempts.add(threads.submit(attempt));
      }
      int committed = 0;
      for (Future<Boolean> attempt : attempts) {
        committed += attempt.get() ? 1 : 0;
      }
      assertThat(committed).isEqualTo(1);
    } finally {
      threads.shutdown();
    }
    assertThat(database.count("twins")).isEqualTo(500);
  }

  @Test
  void anAttemptOfAFormerOwnerDoesNotCommit() throws Exception {
    String runId = "former_owner";
    TableName table = prepare(runId);

    try (PartitionWriter former = writer(runId, table, FORMER)) {
      write(former, MANY);

      assertThatThrownBy(() -> former.commit(commit(MANY)))
          .isInstanceOf(OwnershipLostException.class)
          .hasMessage(
              "run former_owner was taken over by another driver, because this driver did not renew its lease");
    }

    assertThat(database.count("former_owner")).isZero();
    assertThat(pending(runId)).hasSize(1);
  }

  @Test
  void anAttemptOfADriverThatHasEndedDoesNotCommit() throws Exception {
    String runId = "ended_driver";
    database.execute(
        "CREATE TABLE ended_driver (image_id BIGINT, file_name VARCHAR(100), score DOUBLE)");
    RunOwner owner =
        RunOwner.take(database.connector(), runId, Duration.ofSeconds(60), waiting -> {});
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      Selection.create(session, runId, "SELECT * FROM images", List.of("image_id", "file_name"));
      PartitionRecords.create(
          session, runId, owner.epoch(), List.of(new PartitionBounds(0, 1, 24)));
    }

    try (PartitionWriter late =
        writer(runId, TableName.of("seeql_test", runId), new AttemptId(owner.epoch(), 7))) {
      write(late, 10);
      owner.close();

      assertThatThrownBy(() -> late.commit(commit(10))).isInstanceOf(OwnershipLostException.class);
    }

    assertThat(database.count("ended_driver")).isZero();
  }

  @Test
  void aRowThatTheSelectionLacksFailsTheAttempt() throws Exception {
    String runId = "lacking_row";
    database.execute("CREATE TABLE lacking_row (image_id BIGINT, taken DATE, score DOUBLE)");
    ResultLayout layout =
        new ResultLayout(
            ResultLayout.Shape.DETECTION,
            List.of(
                ResultColumn.selected("image_id", "image_id"),
                ResultColumn.selected("taken", "taken"),
                ResultColumn.computed("score", ColumnType.DOUBLE.orNull())),
            "image_id",
            "file_name");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      Selection.create(session, runId, "SELECT * FROM images", layout.neededColumns());
      PartitionRecords.create(session, runId, OWNER, List.of(new PartitionBounds(0, 1, 24)));
    }

    try (PartitionWriter writer =
        new PartitionWriter(
            database.connector(),
            runId,
            0,
            FIRST,
            layout,
            new TableRows(runId, TableName.of("seeql_test", runId), layout))) {
      writer.write(new SelectedRow(24, 123L, "file"), List.of(0.5f));
      writer.write(new SelectedRow(25, 124L, "file"), List.of(0.5f));

      assertThatThrownBy(() -> writer.commit(commit(2)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("1 of 2 rows were written");
    }

    assertThat(database.count("lacking_row")).isZero();
  }

  @Test
  void aConcurrentAttemptWithTheSameFailuresGivesWay() throws Exception {
    String runId = "late-attempt";
    TableName table = prepare(runId);

    try (PartitionWriter first = writer(runId, table);
        PartitionWriter late = writer(runId, table, LATE)) {
      write(first, 10);
      write(late, 10);
      assertThat(first.commit(commit(10))).isTrue();
      assertThat(late.commit(commit(10))).isFalse();
    }

    assertThat(database.count("`late-attempt`")).isEqualTo(10);
  }

  @Test
  void aConcurrentAttemptThatMeetsAUniqueKeyOfTheTargetGivesWay() throws Exception {
    String runId = "unique_twin";
    TableName table = prepare(runId);
    database.execute("ALTER TABLE unique_twin ADD UNIQUE KEY (image_id)");

    try (PartitionWriter first = writer(runId, table);
        PartitionWriter late = writer(runId, table, LATE)) {
      write(first, 10);
      write(late, 10);
      assertThat(first.commit(commit(10))).isTrue();
      assertThat(late.commit(commit(10))).isFalse();
    }

    assertThat(database.count("unique_twin")).isEqualTo(10);
  }

  @Test
  void anAttemptOfAFormerOwnerWithTheNumberOfTheCommittedOneGivesWay() throws Exception {
    String runId = "repeated_number";
    TableName table = prepare(runId);
    database.execute("ALTER TABLE repeated_number ADD UNIQUE KEY (image_id)");

    try (PartitionWriter first = writer(runId, table);
        PartitionWriter former = writer(runId, table, FORMER)) {
      write(first, 10);
      write(former, 10);
      assertThat(first.commit(commit(10))).isTrue();
      assertThat(former.commit(commit(10))).isFalse();
    }
  }

  @Test
  void aCutConnectionCostsATryAtTheCommit() throws Exception {
    String runId = "writer_cut";
    TableName table = prepare(runId);

    try (PartitionWriter writer = writer(runId, table);
        DatabaseSession blocker = DatabaseSession.open(database.connector())) {
      blocker.connection().setAutoCommit(false);
      blocker.query(
          "SELECT * FROM seeql.run_partitions WHERE run_id = 'writer_cut' FOR UPDATE", row -> true);
      write(writer, 100);
      CompletableFuture<Boolean> commit =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return writer.commit(commit(100));
                } catch (IOException | SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      database.execute("KILL " + awaitConnectionThatSetsAMark());
      blocker.connection().rollback();
      assertThat(commit.get()).isTrue();
    }

    assertThat(database.count("writer_cut")).isEqualTo(100);
    assertThat(
            database.query("SELECT COUNT(*) FROM seeql.run_failures WHERE run_id = 'writer_cut'"))
        .containsExactly("1");
  }

  private static String awaitConnectionThatSetsAMark() {
    return Awaitility.await()
        .until(
            () ->
                database.query(
                    "SELECT id FROM information_schema.processlist WHERE info LIKE"
                        + " 'UPDATE `seeql`.`run_partitions`%'"),
            ids -> !ids.isEmpty())
        .get(0);
  }

  @Test
  void aPathThatIsLongerThanItsColumnIsCut() throws Exception {
    String runId = "long_path";
    TableName table = prepare(runId);

    try (PartitionWriter writer = writer(runId, table)) {
      writer.fail(
          new FailureRecord(
              1,
              Optional.of("1"),
              Optional.of("\ud83d\udc36".repeat(20_000)),
              "read",
              "There is none",
              Optional.empty()));
      writer.commit(commit(0));
    }

    assertThat(
            database.query(
                "SELECT CONCAT(CHAR_LENGTH(path), RIGHT(path, 2)) FROM seeql.run_failures WHERE"
                    + " run_id = 'long_path'"))
        .containsExactly("16383\ud83d\udc36…");
  }

  @Test
  void writesMoreRowsThanItBuffers() throws Exception {
    String runId = "many";
    TableName table = prepare(runId);
    int rows = 200_000;

    try (PartitionWriter writer = writer(runId, table)) {
      write(writer, rows);
      writer.commit(commit(rows));
    }

    assertThat(database.count("many")).isEqualTo(rows);
  }
}
