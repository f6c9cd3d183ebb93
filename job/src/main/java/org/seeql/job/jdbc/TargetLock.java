package org.seeql.job.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.seeql.job.JobException;
import org.seeql.planner.statement.TableName;

/**
 * Held while a run joins those that write into its target, and while a result is put in the
 * target's place: so each of them sees the others. What goes on for longer is told by {@code runs}
 * and the {@link RunLock} of each run. It is the server's lock of a name, so it goes with the
 * connection, too.
 */
public final class TargetLock implements AutoCloseable {
  private static final int SECONDS_TO_WAIT = 60;

  private final DatabaseSession session;
  private final Optional<TableName> target;

  private TargetLock(DatabaseSession session, Optional<TableName> target) {
    this.session = requireNonNull(session, "session is null");
    this.target = requireNonNull(target, "target is null");
  }

  /**
   * The lock.
   *
   * @param session that holds it; stays the caller's to close, after the lock
   * @param target with its database; without one there is nothing to hold
   * @throws JobException if others have it for long
   */
  public static TargetLock take(DatabaseSession session, Optional<TableName> target)
      throws SQLException {
    if (target.isPresent()) {
      String name = name(target.get());
      Optional<Long> other = RunLock.lockOrHolder(session, name, SECONDS_TO_WAIT);
      if (other.isPresent()) {
        throw new JobException(
            "Another run is about to write into %s; try again in a moment%s"
                .formatted(target.get(), RunLock.whereGone(other.get())));
      }
    }
    return new TargetLock(session, target);
  }

  // the name of a lock has at most 64 letters
  private static String name(TableName target) {
    return "seeql.target." + UUID.nameUUIDFromBytes(target.quoted().getBytes(UTF_8));
  }

  /**
   * Refuses a run that adds to the target beside others, if it or one of them does only what is
   * new: both would do the same images.
   *
   * @throws JobException that names the other
   */
  public void refuseBeside(RunRecord run) throws SQLException {
    if (!run.result().appends()) {
      return;
    }
    boolean onlyNew = run.options().onlyNew();
    Optional<Appender> other =
        findAppender(o -> !o.runId().equals(run.runId()) && (onlyNew || o.options().onlyNew()));
    if (other.isPresent()) {
      throw new JobException(
          "Run %s is adding to %s; wait for its end, or stop it%s"
              .formatted(
                  other.get().runId(),
                  target.orElseThrow(),
                  RunLock.whereGone(other.get().connection())));
    }
  }

  /**
   * Refuses to put a result in the target's place while others add to it: what they have done would
   * be noted for a table that is gone.
   */
  void refuseReplacing() throws SQLException {
    Optional<Appender> other = findAppender(o -> true);
    if (other.isPresent()) {
      throw new JobException(
          "run %s is adding to %s; wait for its end, or stop it%s"
              .formatted(
                  other.get().runId(),
                  target.orElseThrow(),
                  RunLock.whereGone(other.get().connection())));
    }
  }

  /** A run that is adding to the target now. */
  private record Appender(String runId, long connection) {}

  private Optional<Appender> findAppender(Predicate<RunRecord> which) throws SQLException {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    for (String runId : RunRecords.running(session, target.get())) {
      Optional<Long> connection = RunLock.holder(session, runId);
      if (connection.isPresent()
          && RunRecords.find(session, runId)
              .filter(run -> run.result().appends())
              .filter(which)
              .isPresent()) {
        return Optional.of(new Appender(runId, connection.get()));
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    if (target.isEmpty()) {
      return;
    }
    try {
      session.findFirst("SELECT RELEASE_LOCK(?)", row -> true, name(target.get()));
    } catch (SQLException e) {
      // the lock went with the connection
    }
  }
}
