package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.seeql.database.Causes;
import org.seeql.database.RefusalException;
import org.seeql.database.credential.Redaction;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.job.RunFailedException;
import org.seeql.job.inference.WorkListeners;
import org.seeql.job.sink.ResultSink;
import org.seeql.udf.InferenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports and records the failure of a run. */
final class RunFailure {
  private static final Logger LOG = LoggerFactory.getLogger(RunFailure.class);
  private static final String NOTHING_SELECTED = "No images were selected; run the statement again";

  private static final String NOTHING_COMMITTED =
      "Nothing is committed, and the tables of the run are dropped; run the statement again";

  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final RunRecord run;

  RunFailure(DatabaseConnector connector, RunOwner owner, RunRecord run) {
    this.owner = requireNonNull(owner, "owner is null");
    this.connector = requireNonNull(connector, "connector is null");
    this.run = requireNonNull(run, "run is null");
  }

  /**
   * Records the failure in {@code runs}, if the database can be reached and the run has no other
   * owner, and describes it. Ends the ownership of the run: tasks that still run cannot commit, so
   * that other runs can process its images.
   */
  RunFailedException record(Exception error) {
    String reason = Redaction.of(reason(error));
    String state;
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      owner.require(session);
      if (RunRecords.hasSucceeded(session, run.runId())) {
        return new RunFailedException(
            run.runId(),
            "Run %s has succeeded, but its rows cannot be shown: %s; they are in %s"
                .formatted(run.runId(), reason, ResultSink.of(run).place()),
            error);
      }
      boolean hasBegun = EarlierRun.hasBegun(session, run.runId());
      boolean isDropped = hasBegun && isSettled(error) && drop(session);
      PartitionRecords.Totals totals = abandon(session, reason);
      if (!hasBegun) {
        state = NOTHING_SELECTED;
      } else {
        state = isDropped ? NOTHING_COMMITTED : state(totals);
      }
    } catch (OwnershipLostException e) {
      return ownershipLost(run.runId(), e, error);
    } catch (SQLException e) {
      state = "Committed partitions are kept; " + resuming();
    }
    return new RunFailedException(
        run.runId(), "Run %s failed: %s. %s".formatted(run.runId(), reason, state), error);
  }

  /** The failure that a driver reports if another driver owns the run. */
  static RunFailedException ownershipLost(
      String runId, OwnershipLostException reason, Exception error) {
    WorkListeners.ofJvm().ownershipLost(runId);
    return new RunFailedException(
        runId,
        "Run %1$s failed here: %2$s. `seeql run --resume %1$s` waits for the other driver, and continues the run if that one fails"
            .formatted(runId, reason.getMessage()),
        error);
  }

  /** Drops the tables of the run if nothing was committed. Returns whether they were dropped. */
  private boolean drop(DatabaseSession session) {
    try {
      return RunLeftovers.drop(session, owner, run);
    } catch (IOException | SQLException e) {
      LOG.debug("Cannot drop the tables of run {}", run.runId(), e);
      return false;
    }
  }

  private PartitionRecords.Totals abandon(DatabaseSession session, String reason)
      throws SQLException {
    AtomicReference<PartitionRecords.Totals> committed = new AtomicReference<>();
    owner.abandon(
        session,
        own -> {
          PartitionRecords.Totals totals = PartitionRecords.totals(own, run.runId());
          RunRecords.failed(own, run.runId(), totals, reason);
          committed.set(totals);
        });
    return committed.get();
  }

  // A permanent refusal: resuming the run has no advantage over running the statement again
  static boolean isSettled(Exception error) {
    if (error instanceof TooManyFailuresException || error instanceof RefusalException) {
      return false;
    }
    Optional<SQLException> refused = DatabaseErrors.findSqlException(error);
    return refused.isPresent()
        ? !DatabaseErrors.isRetryable(refused.get())
        : Causes.find(error, InferenceException.class).isPresent();
  }

  private String state(PartitionRecords.Totals totals) {
    String kept =
        "%d of %d partitions are committed, in %s"
            .formatted(totals.committed(), totals.partitions(), ResultSink.of(run).place());
    return (totals.partitions() == 0 ? "Nothing is committed" : kept) + "; " + resuming();
  }

  private String resuming() {
    return "continue with `seeql run --resume %s`".formatted(run.runId());
  }

  private String reason(Throwable error) {
    if (error instanceof TooManyFailuresException || error instanceof RefusalException) {
      return error.getMessage();
    }
    if (DatabaseErrors.isConnectionLost(error)) {
      return "the database at %s does not answer".formatted(connector.address());
    }
    Optional<SQLException> refused = DatabaseErrors.findSqlException(error);
    if (refused.isPresent()) {
      return "the database refuses: " + DatabaseErrors.message(refused.get());
    }
    Throwable cause =
        Causes.find(error, InferenceException.class)
            .<Throwable>map(failure -> failure)
            .orElseGet(() -> Causes.root(error));
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    return cause instanceof InferenceException
        ? message
        : cause.getClass().getSimpleName() + ": " + message;
  }
}
