package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
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
import org.seeql.planner.statement.TableName;

/**
 * Writes one partition's rows, its failures, its mark and which images it has done in one
 * transaction. The mark is set only where it is not set yet, and only with the fencing token of the
 * run's owner: of several attempts at a partition one commits, none of a former owner does, and the
 * others leave no trace. For one thread.
 *
 * <p>Rows are buffered until there are many, so that a partition of usual size opens its
 * transaction only at its end; until then a lost connection costs another try at writing, not the
 * inference.
 */
public final class PartitionWriter implements AutoCloseable {
  private static final int BUFFERED_ROWS = 10_000;
  private static final long BUFFERED_CHARACTERS = 16L << 20;
  private static final int ROWS_A_STATEMENT = 1_000;
  // characters of up to four bytes in a TEXT of 65,535
  private static final int LONGEST_TEXT = 16_383;

  /**
   * How long the server keeps a transaction without a statement. A machine that is lost leaves its
   * locks for this time. Longer than a call of a model may take.
   */
  static final Duration LONGEST_IDLE = Duration.ofMinutes(15);

  private static final Duration KEPT_ALIVE_AFTER = Duration.ofMinutes(1);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6));

  private final DatabaseConnector connector;
  private final String runId;
  private final int partition;
  private final long ownerEpoch;
  private final ResultLayout layout;
  private final TableName table;
  private final Duration longestIdle;
  private final Duration keptAliveAfter;
  private final List<ResultInsert.ResultRow> rows = new ArrayList<>();
  private final List<FailureRecord> failures = new ArrayList<>();
  private long characters;
  private long lastUsed;
  private Optional<ResultInsert> insert = Optional.empty();
  private Optional<DatabaseSession> transaction = Optional.empty();

  /**
   * A writer for a partition.
   *
   * @param ownerEpoch the fencing token of the driver that the attempt works for
   */
  public PartitionWriter(
      DatabaseConnector connector,
      String runId,
      int partition,
      long ownerEpoch,
      TableName table,
      ResultLayout layout) {
    this(connector, runId, partition, ownerEpoch, table, layout, LONGEST_IDLE, KEPT_ALIVE_AFTER);
  }

  /**
   * A writer with its own limits, for tests.
   *
   * @param longestIdle how long the server keeps a transaction without a statement
   * @param keptAliveAfter the time without a statement after which {@link #keepAlive} sends one
   */
  PartitionWriter(
      DatabaseConnector connector,
      String runId,
      int partition,
      long ownerEpoch,
      TableName table,
      ResultLayout layout,
      Duration longestIdle,
      Duration keptAliveAfter) {
    this.connector = requireNonNull(connector, "connector is null");
    this.runId = requireNonNull(runId, "runId is null");
    this.partition = partition;
    this.ownerEpoch = ownerEpoch;
    this.layout = requireNonNull(layout, "layout is null");
    this.table = requireNonNull(table, "table is null");
    this.longestIdle = requireNonNull(longestIdle, "longestIdle is null");
    this.keptAliveAfter = requireNonNull(keptAliveAfter, "keptAliveAfter is null");
  }

  /**
   * Adds a row of the result.
   *
   * @param row of the selection
   * @param id the image's, as {@link SelectionReader} read it; may be null
   * @param path the image's, as {@link SelectionReader} read it; may be null
   * @param computed values in the order of {@link ResultLayout#computedColumns}
   */
  public void write(long row, Object id, Object path, List<Object> computed) throws SQLException {
    rows.add(new ResultInsert.ResultRow(row, id, path, computed));
    for (Object value : computed) {
      characters += value instanceof String text ? text.length() : 0;
    }
    writeIfMany();
  }

  /** Adds an image that has no result. */
  public void fail(FailureRecord failure) throws SQLException {
    failures.add(failure);
    writeIfMany();
  }

  private void writeIfMany() throws SQLException {
    if (rows.size() + failures.size() >= BUFFERED_ROWS || characters >= BUFFERED_CHARACTERS) {
      writeOut();
    }
  }

  /**
   * Prevents that the server closes the connection of an open transaction while images are read and
   * inferred. To be called for each image; sends a statement only if the last one was a while ago.
   */
  public void keepAlive() throws SQLException {
    if (transaction.isPresent() && System.nanoTime() - lastUsed > keptAliveAfter.toNanos()) {
      session().execute("DO 0");
    }
  }

  /**
   * Ends the partition.
   *
   * @return whether this attempt's rows are the partition's; if not, another one was first and
   *     these are gone
   * @throws OwnershipLostException if the run was taken over by another driver; these rows are gone
   */
  public boolean commit(PartitionCommit commit) throws SQLException {
    for (int tries = 0; ; tries++) {
      boolean canTryAgain = transaction.isEmpty() && tries < PAUSES.size();
      try {
        return tryToCommit(commit);
      } catch (SQLException e) {
        close();
        boolean again = canTryAgain && DatabaseErrors.isWorthAnotherTry(e);
        if (again) {
          sleep(PAUSES.get(tries), e);
        }
        Optional<Boolean> settled = settled(commit);
        if (settled.isPresent()) {
          return settled.get();
        }
        if (!again) {
          throw e;
        }
      }
    }
  }

  /**
   * Whether this attempt or another one committed, if any did: the answer to a commit may have got
   * lost, and a concurrent attempt's rows conflict with these where the target has a unique key.
   */
  private Optional<Boolean> settled(PartitionCommit commit) {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return PartitionRecords.committedAttempt(session, runId, partition)
          .map(attempt -> attempt == commit.attempt());
    } catch (SQLException e) {
      return Optional.empty(); // nobody can say
    }
  }

  private boolean tryToCommit(PartitionCommit commit) throws SQLException {
    List<ResultInsert.ResultRow> bufferedRows = List.copyOf(rows);
    List<FailureRecord> bufferedFailures = List.copyOf(failures);
    boolean first;
    try {
      writeOut();
      first = mark(commit);
      if (first) {
        CompletedImages.add(session(), runId, partition, layout);
        FailedImages.add(session(), runId, partition, layout);
        session().connection().commit();
      } else {
        session().connection().rollback();
        PartitionRecords.requireCommittedOrOwned(session(), runId, partition, ownerEpoch);
      }
    } catch (SQLException e) {
      rows.clear();
      rows.addAll(bufferedRows);
      failures.clear();
      failures.addAll(bufferedFailures);
      throw e;
    }
    close();
    return first;
  }

  private boolean mark(PartitionCommit commit) throws SQLException {
    return session()
            .update(
                "UPDATE "
                    + SystemSchema.table("run_partitions")
                    + " SET state = 'committed', attempt = ?, images = ?, failed = ?,"
                    + " rows_written = ?, seconds = ?, figures = ?,"
                    + " committed = CURRENT_TIMESTAMP(3)"
                    + " WHERE run_id = ? AND partition_id = ? AND state <> 'committed'"
                    + " AND owner_epoch = ?",
                commit.attempt(),
                commit.images(),
                commit.failed(),
                commit.rows(),
                commit.seconds(),
                commit.figures(),
                runId,
                partition,
                ownerEpoch)
        == 1;
  }

  private void writeOut() throws SQLException {
    Connection connection = session().connection();
    for (int from = 0; from < rows.size(); from += ROWS_A_STATEMENT) {
      insert()
          .write(connection, rows.subList(from, Math.min(rows.size(), from + ROWS_A_STATEMENT)));
    }
    rows.clear();
    characters = 0;
    if (!failures.isEmpty()) {
      writeFailures(connection);
      failures.clear();
    }
    lastUsed = System.nanoTime();
  }

  private ResultInsert insert() throws SQLException {
    if (insert.isEmpty()) {
      SelectionTypes types = SelectionTypes.of(session(), runId);
      insert = Optional.of(new ResultInsert(table, Selection.table(runId), layout, types));
    }
    return insert.get();
  }

  private void writeFailures(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
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
  }

  // A path is whatever the table has in it; it may not cost more than its own row.
  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_TEXT
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT - 1)) + "…";
  }

  private DatabaseSession session() throws SQLException {
    if (transaction.isEmpty()) {
      DatabaseSession opened = DatabaseSession.open(connector);
      try {
        // Under repeatable read MariaDB refuses to update a mark that a concurrent attempt has set
        // meanwhile, where here it must find that there is nothing left to update.
        opened.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        opened.allowZeroDates();
        opened.connection().setAutoCommit(false);
        opened.execute("SET SESSION wait_timeout = " + longestIdle.toSeconds());
      } catch (SQLException e) {
        opened.close();
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

  /** Drops what is not committed. May be called again. */
  @Override
  public void close() {
    transaction.ifPresent(
        session -> {
          try (session) {
            session.connection().rollback();
          } catch (SQLException e) {
            // a lost connection rolls back by itself
          }
        });
    transaction = Optional.empty();
  }
}
