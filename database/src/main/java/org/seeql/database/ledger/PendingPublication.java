package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * A record in {@code seeql.targets}: a run has decided to replace a target, and its table may not
 * be in place yet.
 *
 * @param target with its database
 * @param replacing which table may be replaced by the result
 */
record PendingPublication(TableName target, String runId, Publication.Replacing replacing) {
  private static final String TABLE = SystemSchema.table("targets");

  PendingPublication {
    requireNonNull(target, "target is null");
    requireNonNull(runId, "runId is null");
    requireNonNull(replacing, "replacing is null");
  }

  /**
   * Finds the record of a target, in a transaction that has locked the target's row.
   *
   * @throws RefusalException if a newer version has written the record
   */
  static Optional<PendingPublication> find(DatabaseSession session, TableName target)
      throws SQLException {
    TargetKey key = TargetKey.of(session, target);
    return session.findFirst(
        "SELECT publisher, replacing FROM "
            + TABLE
            + " WHERE target_database = ? AND target_table = ? AND publisher IS NOT NULL",
        row -> {
          String runId = row.getString("publisher");
          return new PendingPublication(
              target,
              runId,
              StoredWord.ofRun(
                  runId,
                  "kind of replacement",
                  row.getString("replacing"),
                  Publication.Replacing::valueOf));
        },
        key.database(),
        key.table());
  }

  /** Writes the record in a transaction. */
  void write(DatabaseSession session) throws SQLException {
    TargetKey key = TargetKey.of(session, target);
    session.update(
        "UPDATE "
            + TABLE
            + " SET publisher = ?, replacing = ? WHERE target_database = ? AND target_table = ?",
        runId,
        replacing.name(),
        key.database(),
        key.table());
  }

  /** Deletes the record, unless the target has a newer one. */
  void delete(DatabaseSession session) throws SQLException {
    TargetKey key = TargetKey.of(session, target);
    session.update(
        "UPDATE "
            + TABLE
            + " SET publisher = NULL, replacing = NULL"
            + " WHERE target_database = ? AND target_table = ? AND publisher = ?",
        key.database(),
        key.table(),
        runId);
  }

  /** Whether the result is not in place yet. */
  boolean isPending(DatabaseSession session) throws SQLException {
    return result().exists(session);
  }

  private ResultTable result() {
    return new ResultTable(runId, Optional.of(target), false);
  }

  /**
   * Executes the RENAME for a publisher that does not renew its lease, so that the publisher cannot
   * execute it later. If an existing table may not be replaced, the run is fenced instead.
   *
   * @param session in autocommit mode
   * @throws RefusalException if the database rejects the RENAME, or if another run adds to the
   *     companion
   */
  void complete(DatabaseConnector connector, DatabaseSession session) throws SQLException {
    if (!result().hasStagedCompanion(session)) {
      complete(session);
      return;
    }
    TargetTransaction companion =
        TargetTransaction.forReplacement(connector, runId, ResultTable.companionOf(target));
    try {
      complete(session);
    } finally {
      companion.close(); // nothing is written in it
    }
  }

  private void complete(DatabaseSession session) throws SQLException {
    Optional<ResultTable.Obstacle> obstacle = result().findObstacle(session, replacing);
    if (obstacle.isPresent()) {
      withdraw(session, obstacle.get().table());
      return;
    }
    try {
      result().rename(session, replacing);
    } catch (SQLException e) {
      if (isPending(session)) {
        throw new RefusalException(
            "Run %1$s must still replace %2$s, but its driver does not renew its lease. Its result cannot be published here: %3$s. Publish it with `seeql run --resume %1$s`"
                .formatted(runId, target, DatabaseErrors.message(e)),
            e);
      }
    }
  }

  private void withdraw(DatabaseSession session, TableName obstacle) throws SQLException {
    session.begin();
    delete(session);
    Optional<RunLease> lease = RunLeases.lock(session, runId);
    if (lease.filter(RunLease::isLive).isPresent()) {
      session.rollBack();
      return; // the run's driver is active again
    }
    if (lease.isPresent()) {
      RunLeases.fence(
          session,
          lease.get(),
          "%s was created before the result was published".formatted(obstacle));
    }
    session.commit();
  }
}
