package org.seeql.job.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
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

  /**
   * The lock of a run, and of its target where the run infers only what the target does not have:
   * two such runs at once would both infer the same images.
   *
   * @throws JobException if another driver has one of them
   */
  public static RunLock acquire(DatabaseConnector connector, RunRecord run) throws SQLException {
    RunLock lock = acquire(connector, run.runId());
    if (run.options().onlyNew() && !isLocked(lock.session, "seeql.new." + digest(run))) {
      lock.close();
      throw new JobException(
          "Another run is adding what is new to %s; wait for its end, or stop it"
              .formatted(run.target().orElseThrow()));
    }
    return lock;
  }

  // the name of a lock has at most 64 letters
  private static String digest(RunRecord run) {
    String table = run.target().orElseThrow().quoted();
    return UUID.nameUUIDFromBytes(table.getBytes(UTF_8)).toString();
  }

  /** The lock, unless another driver has it. */
  public static Optional<RunLock> tryAcquire(DatabaseConnector connector, String runId)
      throws SQLException {
    DatabaseSession session = DatabaseSession.open(connector);
    try {
      session.execute("SET SESSION wait_timeout = " + LONGEST_IDLE_SECONDS);
      if (isLocked(session, "seeql.run." + runId)) {
        return Optional.of(new RunLock(session));
      }
    } catch (SQLException e) {
      session.close();
      throw e;
    }
    session.close();
    return Optional.empty();
  }

  private static boolean isLocked(DatabaseSession session, String name) throws SQLException {
    return session
        .findFirst("SELECT GET_LOCK(?, ?)", row -> row.getInt(1) == 1, name, SECONDS_TO_GIVE_BACK)
        .orElse(false);
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
