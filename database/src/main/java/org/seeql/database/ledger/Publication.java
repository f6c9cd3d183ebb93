package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * Puts the finished table of a run in place of its target. The decision is one transaction. It
 * verifies that this driver still owns the run and that no other run adds to the target. The RENAME
 * follows. For one run; not thread-safe.
 */
public final class Publication {
  private static final Duration MAX_REPLACEMENT = Duration.ofMinutes(10);

  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final ResultTable result;
  private final Replacing replacing;

  /**
   * A publication that has not begun.
   *
   * @param replacing which existing target may be replaced
   */
  public Publication(
      DatabaseConnector connector, RunOwner owner, ResultTable result, Replacing replacing) {
    this.connector = requireNonNull(connector, "connector is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.result = requireNonNull(result, "result is null");
    this.replacing = requireNonNull(replacing, "replacing is null");
  }

  /** What happens to an existing target when a result is published. */
  public enum Replacing {
    /** It is replaced, whatever it is. */
    EXISTING,

    /** It is replaced if a run of SeeQL wrote it. */
    RESULTS,

    /** It stays, and nothing is published. */
    NOTHING;

    /** Whether a table may be replaced. */
    boolean replaces(ExistingTable table) {
      return this == EXISTING || (this == RESULTS && table.isWrittenByRun());
    }

    /**
     * Whether a companion may be replaced. The user has not written its name, so only a table of
     * matches is replaced.
     */
    boolean replacesCompanion(ExistingTable table) {
      return this != NOTHING && table.isTableOfMatches();
    }
  }

  /**
   * Publishes the result, unless an earlier driver of the run has done so or the rows are already
   * in the target.
   *
   * @throws RefusalException if the target or its companion exists and may not be replaced, or if
   *     another run is adding to the target
   * @throws OwnershipLostException if another driver has taken over the run
   */
  public void publish() throws SQLException {
    if (result.appends() || result.target().isEmpty()) {
      return;
    }
    TableName target = result.target().get();
    if (hasStagedCompanion()) {
      replaceWithCompanion(target);
    } else {
      replace(target);
    }
    conclude(target);
  }

  private boolean hasStagedCompanion() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return result.hasStagedCompanion(session);
    }
  }

  /**
   * Replaces the target and its companion. Until both are in place, no other run can decide to
   * write into the companion, or to replace it.
   */
  private void replaceWithCompanion(TableName target) throws SQLException {
    TargetTransaction companion =
        TargetTransaction.forReplacement(
            connector, result.runId(), ResultTable.companionOf(target));
    try {
      // its session sends nothing until the target is in place
      companion.session().setMaxIdle(MAX_REPLACEMENT);
      replace(target);
    } finally {
      companion.close(); // nothing is written in it
    }
  }

  private void replace(TableName target) throws SQLException {
    if (decide(target)) {
      rename(target);
    }
  }

  /** Decides to replace the target. Returns whether the table must still be put in place. */
  private boolean decide(TableName target) throws SQLException {
    try (TargetTransaction transaction =
        TargetTransaction.forReplacement(connector, result.runId(), target)) {
      owner.require(transaction.session());
      if (result.isPublished(transaction.session())) {
        return false;
      }
      Optional<ResultTable.Obstacle> obstacle =
          result.findObstacle(transaction.session(), replacing);
      if (obstacle.isPresent()) {
        throw new RefusalException(describe(obstacle.get()));
      }
      transaction.publishes(result.runId(), replacing);
      transaction.commit();
      return true;
    }
  }

  private String describe(ResultTable.Obstacle obstacle) {
    if (replacing == Replacing.NOTHING) {
      return "table %s was created during the run; rename it".formatted(obstacle.table());
    }
    return obstacle.isCompanion()
        ? "table %s was created during the run, and is not a table of matches; rename it"
            .formatted(obstacle.table())
        : "table %s was created during the run, and no run of SeeQL wrote it; rename it"
            .formatted(obstacle.table());
  }

  private void rename(TableName target) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      try {
        result.rename(session, replacing);
      } catch (SQLException e) {
        if (result.isPublished(session)) {
          return; // another run published it while this driver did not renew its lease
        }
        if (!result.exists(session)) {
          throw new RefusalException(
              "another run published the result as %s while this driver did not renew its lease, and a later run replaced it"
                  .formatted(target),
              e);
        }
        throw e;
      }
    }
  }

  /** Deletes the sets of earlier results that had the companion's name. */
  private void concludeCompanion(TableName companion) throws SQLException {
    if (!isPublishedCompanion(companion)) {
      return;
    }
    try (TargetTransaction transaction =
        TargetTransaction.take(connector, result.runId(), Optional.of(companion))) {
      ObsoleteImageSets.deleteLost(
          transaction.session(), companion, ExistingTable.find(transaction.session(), companion));
      transaction.commit();
    }
  }

  private boolean isPublishedCompanion(TableName companion) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return ExistingTable.find(session, companion)
          .filter(table -> table.isTableOfMatches() && table.isWrittenBy(result.runId()))
          .isPresent();
    }
  }

  /** Deletes the sets of the replaced table, and drops it. */
  private void conclude(TableName target) throws SQLException {
    // The transaction detects that the table is in place, and ends the publication.
    try (TargetTransaction transaction =
        TargetTransaction.take(connector, result.runId(), Optional.of(target))) {
      ObsoleteImageSets.deleteLost(
          transaction.session(), target, ExistingTable.find(transaction.session(), target));
      transaction.commit();
    }
    concludeCompanion(ResultTable.companionOf(target));
    ObsoleteImageSets.deleteRetired(connector);
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      result.dropReplaced(session);
    }
  }
}
