package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
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
 * A transaction in which a run decides what it may do with a target: join those that write into it,
 * or replace it. For each table there is one at a time, because it changes the table's row in
 * {@code targets}; a decision whose connection is lost is never committed. For one thread.
 *
 * <p>A run that replaces a table is its publisher from its decision until its table is in place. A
 * publisher that does not renew its lease meanwhile is helped: the next turn renames its table, so
 * that the publisher cannot do so later, when others have begun to write.
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
   * @param target with its database; without one there is nobody to agree with
   * @throws RefusalException if another run has its turn for long
   */
  static TargetTurn take(DatabaseConnector connector, String runId, Optional<TableName> target)
      throws SQLException {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      DatabaseSession session = DatabaseSession.open(connector);
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
    // what others have committed before this turn is to be seen in it
    session.connection().setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
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
   * The publisher whose table is not in place; the note of one that has put it there is deleted.
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

  /** The session of the transaction; what is written in it counts once the turn is committed. */
  public DatabaseSession session() {
    return session;
  }

  /** Ends the turn: what was decided in it holds. */
  public void commit() throws SQLException {
    session.connection().commit();
  }

  /**
   * Begins a turn in which a run joins those that write into its target. A run beside which it may
   * not work, and which does not renew its lease, is taken from its owner.
   *
   * @throws RefusalException if it adds to the target beside others, and it or one of them does
   *     only what is new: both would do the same images
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
   * @throws RefusalException if others add to it: what they have done would be noted for a table
   *     that is gone
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

  /** The lease of a run that adds to the target; those that are lost are fenced. */
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

  /** Notes, as part of the turn, that a run is about to put its table in the target's place. */
  void publishes(String runId, Publication.Replacing replacing) throws SQLException {
    new PublisherNote(target.orElseThrow(), runId, replacing).write(session);
  }

  /** Takes back what was not committed. May be called again. */
  @Override
  public void close() {
    try (session) {
      if (!session.connection().isClosed()) {
        session.connection().rollback();
      }
    } catch (SQLException e) {
      // a lost connection rolls back by itself
    }
  }
}
