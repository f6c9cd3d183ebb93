package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.job.JobException;

/**
 * Says that a driver works on a run. It is the server's own lock of a name, so it goes with the
 * driver's connection, however the driver ends.
 */
public final class RunLock implements AutoCloseable {
  // The connection idles for as long as the run takes. 24 days are the most that a server takes on
  // every system.
  private static final int LONGEST_IDLE_SECONDS = 2_147_483;
  // the server notices a moment later that a connection was closed, and its lock with it
  private static final int SECONDS_TO_GIVE_BACK = 2;

  private final DatabaseSession session;

  private RunLock(DatabaseSession session) {
    this.session = requireNonNull(session, "session is null");
  }

  /**
   * The lock.
   *
   * @throws JobException if another driver has it
   */
  public static RunLock acquire(DatabaseConnector connector, String runId) throws SQLException {
    return tryAcquire(connector, runId)
        .orElseThrow(
            () ->
                new JobException(
                    "Run %s is going on in another process; wait for its end, or stop it there"
                        .formatted(runId)));
  }

  /** The lock, unless another driver has it. */
  public static Optional<RunLock> tryAcquire(DatabaseConnector connector, String runId)
      throws SQLException {
    DatabaseSession session = DatabaseSession.open(connector);
    try {
      session.execute("SET SESSION wait_timeout = " + LONGEST_IDLE_SECONDS);
      boolean acquired =
          session
              .findFirst(
                  "SELECT GET_LOCK(?, ?)",
                  row -> row.getInt(1) == 1,
                  "seeql.run." + runId,
                  SECONDS_TO_GIVE_BACK)
              .orElse(false);
      if (acquired) {
        return Optional.of(new RunLock(session));
      }
    } catch (SQLException e) {
      session.close();
      throw e;
    }
    session.close();
    return Optional.empty();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      // the lock went with the connection
    }
  }
}
