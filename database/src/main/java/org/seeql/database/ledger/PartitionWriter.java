package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/**
 * Commits one partition's rows, failures, committed mark and completed images in one transaction.
 * The mark is set only if it is not set yet, and only with the fencing token of the run's owner. Of
 * several attempts at a partition, at most one commits, and none of a former owner. The other
 * attempts leave no trace in the database. Not thread-safe.
 *
 * <p>Rows of a table are buffered, so a partition of usual size opens its transaction only at its
 * end. Until then a lost connection costs only another attempt to write, not the inference.
 */
public final class PartitionWriter implements AutoCloseable {
  private static final int BUFFERED_FAILURES = 10_000;
  // A TEXT column has 65,535 bytes, and a character has up to four.
  private static final int LONGEST_TEXT = 16_383;

  /**
   * How long the server keeps a transaction open while images are inferred in it, in which no
   * statement is sent. It is longer than a model call may take.
   */
  static final Duration MAX_INFERENCE = Duration.ofMinutes(15);

  private static final Duration KEEP_ALIVE_AFTER = Duration.ofMinutes(1);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6));

  private final DatabaseConnector connector;
  private final String runId;
  private final int partition;
  private final AttemptId attempt;
  private final ResultLayout layout;
  private final AttemptRows rows;
  private final Sessions sessions;
  private final Duration maxInference;
  private final Duration keepAliveAfter;
  private final List<FailureRecord> failures = new ArrayList<>();
  private long lastUsed;
  private Optional<DatabaseSession> transaction = Optional.empty();
  private boolean isInferring;

  /**
   * A writer for an attempt at a partition.
   *
   * @param rows of this attempt; the writer closes them
   */
  public PartitionWriter(
      DatabaseConnector connector,
      String runId,
      int partition,
      AttemptId attempt,
      ResultLayout layout,
      AttemptRows rows) {
    this(
        connector,
        runId,
        partition,
        attempt,
        layout,
        rows,
        DatabaseSession::borrow,
        MAX_INFERENCE,
        KEEP_ALIVE_AFTER);
  }

  /**
   * A writer with other connections, for tests.
   *
   * @param sessions opens the session of the transaction
   * @param maxInference how long the server keeps a transaction open in which images are inferred
   * @param keepAliveAfter the time without a statement after which {@link #keepAlive} sends one
   */
  PartitionWriter(
      DatabaseConnector connector,
      String runId,
      int partition,
      AttemptId attempt,
      ResultLayout layout,
      AttemptRows rows,
      Sessions sessions,
      Duration maxInference,
      Duration keepAliveAfter) {
    this.connector = requireNonNull(connector, "connector is null");
    this.runId = requireNonNull(runId, "runId is null");
    this.partition = partition;
    this.attempt = requireNonNull(attempt, "attempt is null");
    this.layout = requireNonNull(layout, "layout is null");
    this.rows = requireNonNull(rows, "rows is null");
    this.sessions = requireNonNull(sessions, "sessions is null");
    this.maxInference = requireNonNull(maxInference, "maxInference is null");
    this.keepAliveAfter = requireNonNull(keepAliveAfter, "keepAliveAfter is null");
  }

  /** Opens the sessions of transactions, which are READ COMMITTED. */
  @FunctionalInterface
  interface Sessions {
    DatabaseSession open(DatabaseConnector connector) throws SQLException;
  }

  /**
   * Adds a row of the result.
   *
   * @param image as {@link SelectionReader} read it
   * @param computed values in the order of {@link ResultLayout#computedColumns}
   */
  public void write(SelectedRow image, List<Object> computed) throws IOException, SQLException {
    rows.add(image, computed);
    if (rows.isFull()) {
      beginInference();
      rows.write(session());
      rows.clear();
      lastUsed = System.nanoTime();
    }
  }

  /** Adds an image that has no result. */
  public void fail(FailureRecord failure) throws SQLException {
    failures.add(failure);
    if (failures.size() >= BUFFERED_FAILURES) {
      beginInference();
      writeFailures();
      failures.clear();
    }
  }

  /** Other images of the partition are inferred while the transaction is open. */
  private void beginInference() throws SQLException {
    if (!isInferring) {
      session().setMaxIdle(maxInference);
      isInferring = true;
    }
  }

  private void endInference() throws SQLException {
    if (isInferring) {
      session().setMaxIdle(DatabaseSession.MAX_IDLE);
      isInferring = false;
    }
  }

  /**
   * Prevents the server from closing the connection of an open transaction while images are read
   * and inferred. Call it for each image. It sends a statement only if the last one was a while
   * ago.
   */
  public void keepAlive() throws SQLException {
    if (transaction.isPresent() && System.nanoTime() - lastUsed > keepAliveAfter.toNanos()) {
      session().execute("DO 0");
    }
  }

  /**
   * Commits the partition.
   *
   * @return whether this attempt's rows are the partition's; if not, another attempt committed
   *     first and these rows are discarded
   * @throws OwnershipLostException if another driver took over the run; these rows are discarded
   */
  public boolean commit(PartitionCommit commit) throws IOException, SQLException {
    rows.complete();
    for (int attempts = 0; ; attempts++) {
      boolean canRetry = transaction.isEmpty() && attempts < PAUSES.size();
      try {
        return attemptCommit(commit);
      } catch (SQLException e) {
        end(DatabaseErrors.isConflict(e) ? DatabaseSession::close : DatabaseSession::discard);
        boolean isRetried = canRetry && DatabaseErrors.isRetryable(e);
        if (isRetried) {
          sleep(PAUSES.get(attempts), e);
        }
        Optional<Boolean> outcome = findOutcome();
        if (outcome.isPresent()) {
          return outcome.get();
        }
        if (!isRetried) {
          throw e;
        }
      }
    }
  }

  /**
   * Whether this attempt committed the partition; empty if no attempt is known to have committed.
   * The response to a commit may be lost. A concurrent attempt's rows conflict with these if the
   * target has a unique key.
   */
  private Optional<Boolean> findOutcome() {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return PartitionRecords.committedAttempt(session, runId, partition).map(attempt::equals);
    } catch (SQLException e) {
      return Optional.empty(); // unknown
    }
  }

  private boolean attemptCommit(PartitionCommit commit) throws SQLException {
    endInference();
    rows.write(session());
    writeFailures();
    boolean first = mark(commit);
    if (first) {
      CompletedImages.add(session(), runId, partition, layout);
      FailedImages.add(session(), runId, partition, layout);
      session().commit();
    } else {
      session().rollBack();
      PartitionRecords.requireCommittedOrOwned(session(), runId, partition, attempt.ownerEpoch());
    }
    end(DatabaseSession::close);
    return first;
  }

  private boolean mark(PartitionCommit commit) throws SQLException {
    return session()
            .update(
                "UPDATE "
                    + SystemSchema.table("run_partitions")
                    + " SET state = "
                    + PartitionState.COMMITTED.literal()
                    + ", attempt = ?, images = ?, failed = ?,"
                    + " rows_written = ?, seconds = ?, figures = ?,"
                    + " committed = CURRENT_TIMESTAMP(3)"
                    + " WHERE run_id = ? AND partition_id = ? AND state <> "
                    + PartitionState.COMMITTED.literal()
                    + " AND owner_epoch = ?",
                attempt.attempt(),
                commit.images(),
                commit.failed(),
                commit.rows(),
                commit.seconds(),
                commit.figures(),
                runId,
                partition,
                attempt.ownerEpoch())
        == 1;
  }

  private void writeFailures() throws SQLException {
    if (failures.isEmpty()) {
      return;
    }
    try (PreparedStatement statement =
        session()
            .prepare(
                "INSERT INTO "
                    + SystemSchema.table("run_failures")
                    + " (run_id, row_id, image_id, path, stage, reason, file_bytes, file_modified)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (FailureRecord failure : failures) {
        statement.setString(1, runId);
        statement.setLong(2, failure.row());
        statement.setString(3, failure.imageId().map(PartitionWriter::cut).orElse(null));
        statement.setString(4, failure.path().map(PartitionWriter::cut).orElse(null));
        statement.setString(5, failure.stage());
        statement.setString(6, cut(failure.reason()));
        statement.setObject(7, failure.file().map(FileState::bytes).orElse(null));
        statement.setObject(8, failure.file().map(FileState::modifiedMillis).orElse(null));
        statement.addBatch();
      }
      statement.executeBatch();
    }
    lastUsed = System.nanoTime();
  }

  // A table may contain any text as a path. A path that is too long must not affect other rows.
  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
  }

  private DatabaseSession session() throws SQLException {
    if (transaction.isEmpty()) {
      // Under repeatable read MariaDB rejects the update of a mark that a concurrent attempt has
      // just set. Here the update must match no row instead.
      DatabaseSession opened = sessions.open(connector);
      try {
        opened.begin();
      } catch (SQLException e) {
        opened.discard();
        throw e;
      }
      transaction = Optional.of(opened);
    }
    lastUsed = System.nanoTime();
    return transaction.get();
  }

  private static void sleep(Duration pause, SQLException reason) throws SQLException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  /** Rolls back what is not committed. May be called more than once. */
  @Override
  public void close() {
    try (rows) {
      end(DatabaseSession::discard);
    }
  }

  private interface Ending {
    void of(DatabaseSession session) throws SQLException;
  }

  /** Rolls back what is not committed, and ends the session. */
  private void end(Ending ending) {
    transaction.ifPresent(
        session -> {
          try {
            ending.of(session);
          } catch (SQLException e) {
            // a lost connection is rolled back by the server
          }
        });
    transaction = Optional.empty();
  }
}
