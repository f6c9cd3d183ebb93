package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.job.JobException;

/**
 * Says that a driver works on a run. It is the server's own lock of a name, so it goes with the
 * driver's connection, however the driver ends; where its machine is lost, once the server notices.
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
    DatabaseSession session = DatabaseSession.open(connector);
    try {
      session.execute("SET SESSION wait_timeout = " + LONGEST_IDLE_SECONDS);
      Optional<Long> other = lockOrHolder(session, name(runId), SECONDS_TO_GIVE_BACK);
      if (other.isPresent()) {
        throw new JobException(
            "Run %s is going on in another process; wait for its end, or stop it there%s"
                .formatted(runId, whereGone(other.get())));
      }
      return new RunLock(session);
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static String name(String runId) {
    return "seeql.run." + runId;
  }

  /** The server's number of the connection of the driver that works on a run, if one does. */
  static Optional<Long> holder(DatabaseSession session, String runId) throws SQLException {
    return holderOf(session, name(runId));
  }

  /** Whose process is gone does not let go of its lock, until the server notices. */
  static String whereGone(long connection) {
    return "; if its process is gone, KILL %d frees the database of it".formatted(connection);
  }

  /** Takes a lock; where another connection keeps it, gives the number of that one. */
  static Optional<Long> lockOrHolder(DatabaseSession session, String name, int seconds)
      throws SQLException {
    while (true) {
      boolean locked =
          session
              .findFirst("SELECT GET_LOCK(?, ?)", row -> row.getInt(1) == 1, name, seconds)
              .orElse(false);
      if (locked) {
        return Optional.empty();
      }
      Optional<Long> holder = holderOf(session, name);
      if (holder.isPresent()) {
        return holder;
      }
    }
  }

  private static Optional<Long> holderOf(DatabaseSession session, String name) throws SQLException {
    return session
        .findFirst("SELECT COALESCE(IS_USED_LOCK(?), -1)", row -> row.getLong(1), name)
        .filter(connection -> connection >= 0);
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
