package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction in which a run decides what it may do with a target: join the runs that write into
 * it, or replace it. Each table has at most one such transaction at a time, because it updates the
 * table's row in {@code targets}. A decision whose connection is lost is never committed. Not
 * thread-safe.
 *
 * <p>A run that replaces a table is its publisher from the decision until its table is in place. If
 * the publisher stops renewing its lease, the next transaction renames the publisher's table for
 * it. The publisher then cannot do so later, when other runs have begun to write.
 */
public final class TargetTransaction implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TargetTransaction.class);
  private static final String TABLE = SystemSchema.table("targets");
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final DatabaseSession session;
  private final Optional<TableName> target;
  private boolean committed;

  private TargetTransaction(DatabaseSession session, Optional<TableName> target) {
    this.session = requireNonNull(session, "session is null");
    this.target = requireNonNull(target, "target is null");
  }

  /**
   * Begins a transaction of a run.
   *
   * @param target with its database; without a target there is no one to coordinate with
   * @throws RefusalException if another run's transaction lasts too long
   */
  static TargetTransaction take(
      DatabaseConnector connector, String runId, Optional<TableName> target) throws SQLException {
    long end = System.nanoTime() + MAX_WAIT.toNanos();
    while (true) {
      DatabaseSession session = DatabaseSession.borrow(connector);
      try {
        TargetTransaction transaction = begin(session, target);
        Optional<PendingPublication> other =
            transaction.findPublisher().filter(publisher -> !publisher.runId().equals(runId));
        if (other.isEmpty()) {
          return transaction;
        }
        session.rollBack();
        completeOrWait(connector, session, other.get(), end);
      } catch (SQLException | RuntimeException e) {
        discard(session);
        throw e;
      }
      session.close();
    }
  }

  private static TargetTransaction begin(DatabaseSession session, Optional<TableName> target)
      throws SQLException {
    // A borrowed session is READ COMMITTED: this transaction must see what others committed before
    // it.
    session.begin();
    if (target.isPresent()) {
      TargetKey key = TargetKey.of(session, target.get());
      try {
        if (!lock(session, key)) {
          session.rollBack();
          insert(session, key);
          session.begin();
          lock(session, key);
        }
      } catch (SQLException e) {
        if (DatabaseErrors.isLockTimeout(e)) {
          throw targetIsLocked(target.get());
        }
        throw e;
      }
    }
    return new TargetTransaction(session, target);
  }

  private static boolean lock(DatabaseSession session, TargetKey key) throws SQLException {
    return session.update(
            "UPDATE "
                + TABLE
                + " SET version = version + 1 WHERE target_database = ? AND target_table = ?",
            key.database(),
            key.table())
        > 0;
  }

  /**
   * Inserts the row of a target, unless it exists, in a transaction of its own. A row that is
   * inserted in the same transaction, after waiting for one that is rolled back, also locks the gap
   * to its neighbours: rows of other targets could not be inserted.
   */
  private static void insert(DatabaseSession session, TargetKey key) throws SQLException {
    session.update(
        "INSERT IGNORE INTO "
            + TABLE
            + " (target_database, target_table, version) VALUES (?, ?, 0)",
        key.database(),
        key.table());
  }

  private static RefusalException targetIsLocked(TableName target) {
    return new RefusalException(
        "Another run has locked the target %s; try again later".formatted(target));
  }

  /**
   * Finds the publisher whose table is not in place yet. Deletes the record of a publisher whose
   * table is.
   */
  private Optional<PendingPublication> findPublisher() throws SQLException {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Optional<PendingPublication> publisher = PendingPublication.find(session, target.get());
    if (publisher.isPresent() && !publisher.get().isPending(session)) {
      publisher.get().delete(session);
      return Optional.empty();
    }
    return publisher;
  }

  private static void completeOrWait(
      DatabaseConnector connector, DatabaseSession session, PendingPublication publisher, long end)
      throws SQLException {
    if (!RunLeases.isLive(session, publisher.runId())) {
      publisher.complete(connector, session);
      return;
    }
    if (System.nanoTime() > end) {
      throw targetIsLocked(publisher.target());
    }
    pause();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusalException("Interrupted while another run had locked the target");
    }
  }

  /** The session of the transaction. Its writes take effect when it is committed. */
  public DatabaseSession session() {
    return session;
  }

  /** Commits the decision. */
  public void commit() throws SQLException {
    session.commit();
    committed = true;
  }

  /**
   * Begins a transaction in which a run joins the runs that write into its target. A conflicting
   * run that does not renew its lease is fenced.
   *
   * @throws RefusalException if another live run adds to the same target and either of the two
   *     processes only new images: both would process the same images
   */
  public static TargetTransaction forAppend(
      DatabaseConnector connector, RunRecord run, Consumer<String> notice) throws SQLException {
    boolean onlyNew = run.options().onlyNew();
    Predicate<RunRecord> conflicts =
        other ->
            run.result().appends()
                && !other.runId().equals(run.runId())
                && (onlyNew || other.options().onlyNew());
    return clear(connector, run.target(), run.runId(), conflicts, new LeaseWait(notice));
  }

  /**
   * Begins a transaction in which a run shows its files to readers.
   *
   * @throws RefusalException if the run replaces its target, and other runs add to it
   */
  public static TargetTransaction forPublication(DatabaseConnector connector, RunRecord run)
      throws SQLException {
    return run.result().appends()
        ? take(connector, run.runId(), run.target())
        : forReplacement(connector, run.runId(), run.target().orElseThrow());
  }

  /**
   * Begins a transaction in which a run replaces its target.
   *
   * @throws RefusalException if other runs add to the target: their images would be recorded for a
   *     table that no longer exists
   */
  static TargetTransaction forReplacement(
      DatabaseConnector connector, String runId, TableName target) throws SQLException {
    return clear(
        connector,
        Optional.of(target),
        runId,
        other -> !other.runId().equals(runId),
        new LeaseWait(waiting -> LOG.info("Waiting {}", waiting)));
  }

  private static TargetTransaction clear(
      DatabaseConnector connector,
      Optional<TableName> target,
      String runId,
      Predicate<RunRecord> conflicts,
      LeaseWait wait)
      throws SQLException {
    while (true) {
      TargetTransaction transaction = take(connector, runId, target);
      try {
        Optional<RunLease> live = transaction.findLiveAppender(runId, conflicts);
        if (live.isEmpty()) {
          return transaction;
        }
        transaction.close();
        if (!wait.pause(live.get())) {
          throw new RefusalException(
              "Run %s is appending to %s (%s); wait until it ends, or stop it"
                  .formatted(live.get().runId(), target.orElseThrow(), live.get().describe()));
        }
      } catch (SQLException | RuntimeException e) {
        transaction.close();
        throw e;
      }
    }
  }

  /**
   * Finds the lease of a live run that adds to the target. Runs whose lease was lost are fenced.
   */
  private Optional<RunLease> findLiveAppender(String runId, Predicate<RunRecord> conflicts)
      throws SQLException {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    for (String other : RunRecords.running(session, target.get())) {
      boolean isConflicting =
          RunRecords.find(session, other)
              .filter(run -> run.result().appends())
              .filter(conflicts)
              .isPresent();
      Optional<RunLease> lease =
          isConflicting ? RunLeases.lock(session, other) : Optional.<RunLease>empty();
      if (lease.filter(RunLease::isLive).isPresent()) {
        return lease;
      }
      if (lease.isPresent()) {
        RunLeases.fence(
            session,
            lease.get(),
            "%s did not renew its lease; run %s took over the target %s"
                .formatted(lease.get().owner(), runId, target.get()));
      }
    }
    return Optional.empty();
  }

  /** Records in the transaction that a run is about to put its table in place of the target. */
  void publishes(String runId, Publication.Replacing replacing) throws SQLException {
    new PendingPublication(target.orElseThrow(), runId, replacing).write(session);
  }

  /**
   * Rolls back what was not committed. Then the connection is not used again, because its server
   * may have become unusable. May be called more than once.
   */
  @Override
  public void close() {
    if (!committed) {
      discard(session);
      return;
    }
    try {
      session.close();
    } catch (SQLException e) {
      // the transaction is committed
    }
  }

  private static void discard(DatabaseSession session) {
    try {
      session.discard();
    } catch (SQLException e) {
      // a lost connection is rolled back by the server
    }
  }
}
