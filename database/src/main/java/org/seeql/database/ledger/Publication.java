package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.planner.statement.TableName;

/**
 * Puts the finished table of a run in its target's place. The decision is a transaction, in which
 * the run shows that it is still its driver's, and that nobody adds to the target; the RENAME
 * follows. For one run and one thread.
 */
public final class Publication {
  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final ResultTable result;
  private final Replacing replacing;

  /**
   * A publication that has not begun.
   *
   * @param replacing which target that exists gives way
   */
  public Publication(
      DatabaseConnector connector, RunOwner owner, ResultTable result, Replacing replacing) {
    this.connector = requireNonNull(connector, "connector is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.result = requireNonNull(result, "result is null");
    this.replacing = requireNonNull(replacing, "replacing is null");
  }

  /** What happens to a target that exists when a result is published. */
  public enum Replacing {
    /** It gives way, whatever it is. */
    EXISTING,

    /** It gives way if a run of SeeQL wrote it. */
    RESULTS,

    /** It stays, and nothing is published. */
    NOTHING;

    /** Whether a table gives way. */
    boolean replaces(ExistingTable table) {
      return this == EXISTING || (this == RESULTS && table.isWrittenByRun());
    }
  }

  /**
   * Publishes, unless an earlier driver of the run has done so, or the rows are in the target
   * anyway.
   *
   * @throws RefusalException if the target is not a result and only a result gives way; if another
   *     run is adding to it
   * @throws OwnershipLostException if the run has another driver by now
   */
  public void publish() throws SQLException {
    if (result.appends() || result.target().isEmpty()) {
      return;
    }
    TableName target = result.target().get();
    if (decide(target)) {
      rename(target);
    }
    conclude(target);
  }

  /** Whether the table is still to be put in place. */
  private boolean decide(TableName target) throws SQLException {
    try (TargetTurn turn = TargetTurn.toReplace(connector, result.runId(), target)) {
      owner.require(turn.session());
      if (result.isPublished(turn.session())) {
        return false;
      }
      Optional<ExistingTable> existing = ExistingTable.find(turn.session(), target);
      if (replacing == Replacing.RESULTS
          && existing.filter(table -> !replacing.replaces(table)).isPresent()) {
        throw new RefusalException(
            "table %s was created while the run was running, and no run of SeeQL wrote it; rename it"
                .formatted(target));
      }
      turn.publishes(result.runId(), replacing);
      turn.commit();
      return true;
    }
  }

  private void rename(TableName target) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      try {
        result.rename(session, replacing);
      } catch (SQLException e) {
        if (result.isPublished(session)) {
          return; // for this run, by one that had its turn while this driver did not answer
        }
        if (!result.exists(session)) {
          throw new RefusalException(
              "the result was put in the place of %s while this driver did not answer, and has been replaced since"
                  .formatted(target),
              e);
        }
        throw e;
      }
    }
  }

  /** Forgets what the table had that gave way, and drops it. */
  private void conclude(TableName target) throws SQLException {
    // the turn finds that the table is in place, and ends the publication
    try (TargetTurn turn = TargetTurn.take(connector, result.runId(), Optional.of(target))) {
      ObsoleteImageSets.forgetLost(
          turn.session(), target, ExistingTable.find(turn.session(), target));
      turn.commit();
    }
    ObsoleteImageSets.deleteRetired(connector);
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      result.dropReplaced(session);
    }
  }
}
