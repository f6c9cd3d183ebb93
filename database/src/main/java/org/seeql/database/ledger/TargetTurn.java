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
 * it, or replace it. Each table has at most one turn at a time, because a turn updates the table's
 * row in {@code targets}. A decision whose connection is lost is never committed. Not thread-safe.
 *
 * <p>A run that replaces a table is its publisher from the decision until its table is in place. If
 * the publisher stops renewing its lease, the next turn renames the publisher's table for it. The
 * publisher then cannot do so later, when other runs have begun to write.
 */
public final class TargetTurn implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TargetTurn.class);
  private static final String TABLE = SystemSchema.table("targets");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final DatabaseSession session;
  private final Optional<TableName> target;

  private TargetTurn(DatabaseSession session, Optional<TableName> target) {
    this.session = requireNonNull(session, "session is null");
    this.target = requireNonNull(target, "target is null");
  }

  /**
   * Begins a turn of a run.
   *
   * @param target with its database; without a target there is no one to coordinate with
   * @throws RefusalException if another run's turn lasts too long
   */
  static TargetTurn take(DatabaseConnector connector, String runId, Optional<TableName> target)
      throws SQLException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      DatabaseSession session = DatabaseSession.borrow(connector);
      try {
        TargetTurn turn = begin(session, target);
        Optional<PublisherNote> other =
            turn.findPublisher().filter(publisher -> !publisher.runId().equals(runId));
        if (other.isEmpty()) {
          return turn;
        }
        session.connection().rollback();
        helpOrWait(session, other.get(), end);
      } catch (SQLException | RuntimeException e) {
        session.close();
        throw e;
      }
      session.close();
    }
  }

  private static TargetTurn begin(DatabaseSession session, Optional<TableName> target)
      throws SQLException {
    // A borrowed session is READ COMMITTED: this turn must see what others committed before it.
    session.connection().setAutoCommit(false);
    if (target.isPresent()) {
      TargetKey key = TargetKey.of(session, target.get());
      try {
        session.update(
            "INSERT INTO "
                + TABLE
                + " (target_database, target_table, version) VALUES (?, ?, 1)"
                + " ON DUPLICATE KEY UPDATE version = version + 1",
            key.database(),
            key.table());
      } catch (SQLException e) {
        if (DatabaseErrors.isLockTimeout(e)) {
          throw anotherTurn(target.get());
        }
        throw e;
      }
    }
    return new TargetTurn(session, target);
  }

  private static RefusalException anotherTurn(TableName target) {
    return new RefusalException(
        "Another run is about to write into %s; try again in a moment".formatted(target));
  }

  /**
   * Finds the publisher whose table is not in place yet. Deletes the note of a publisher whose
   * table is.
   */
  private Optional<PublisherNote> findPublisher() throws SQLException {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Optional<PublisherNote> publisher = PublisherNote.find(session, target.get());
    if (publisher.isPresent() && !publisher.get().isPending(session)) {
      publisher.get().delete(session);
      return Optional.empty();
    }
    return publisher;
  }

  private static void helpOrWait(DatabaseSession session, PublisherNote publisher, long end)
      throws SQLException {
    session.connection().setAutoCommit(true);
    if (!RunLeases.isLive(session, publisher.runId())) {
      publisher.help(session);
      return;
    }
    if (System.nanoTime() > end) {
      throw anotherTurn(publisher.target());
    }
    pause();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusalException("Interrupted while another run had its turn");
    }
  }

  /** The session of the transaction. Its writes take effect when the turn is committed. */
  public DatabaseSession session() {
    return session;
  }

  /** Ends the turn and makes its decision permanent. */
  public void commit() throws SQLException {
    session.connection().commit();
  }

  /**
   * Begins a turn in which a run joins the runs that write into its target. A conflicting run that
   * does not renew its lease is fenced.
   *
   * @throws RefusalException if another live run adds to the same target and either of the two
   *     processes only new images: both would process the same images
   */
  public static TargetTurn toJoin(
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
   * Begins a turn in which a run replaces its target.
   *
   * @throws RefusalException if other runs add to the target: their images would be recorded for a
   *     table that no longer exists
   */
  static TargetTurn toReplace(DatabaseConnector connector, String runId, TableName target)
      throws SQLException {
    return clear(
        connector,
        Optional.of(target),
        runId,
        other -> !other.runId().equals(runId),
        new LeaseWait(waiting -> LOG.info("Waiting {}", waiting)));
  }

  private static TargetTurn clear(
      DatabaseConnector connector,
      Optional<TableName> target,
      String runId,
      Predicate<RunRecord> conflicts,
      LeaseWait wait)
      throws SQLException {
    while (true) {
      TargetTurn turn = take(connector, runId, target);
      try {
        Optional<RunLease> live = turn.findLiveAppender(runId, conflicts);
        if (live.isEmpty()) {
          return turn;
        }
        turn.close();
        if (!wait.pause(live.get())) {
          throw new RefusalException(
              "Run %s is adding to %s (%s); wait for its end, or stop it"
                  .formatted(live.get().runId(), target.orElseThrow(), live.get().describe()));
        }
      } catch (SQLException | RuntimeException e) {
        turn.close();
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
      boolean isInTheWay =
          RunRecords.find(session, other)
              .filter(run -> run.result().appends())
              .filter(conflicts)
              .isPresent();
      Optional<RunLease> lease =
          isInTheWay ? RunLeases.lock(session, other) : Optional.<RunLease>empty();
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

  /** Records, as part of the turn, that a run is about to put its table in place of the target. */
  void publishes(String runId, Publication.Replacing replacing) throws SQLException {
    new PublisherNote(target.orElseThrow(), runId, replacing).write(session);
  }

  /** Rolls back what was not committed. May be called more than once. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      // a lost connection is rolled back by the server
    }
  }
}
