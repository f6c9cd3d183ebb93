package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.seeql.job.JobException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a driver works on a run. It is the server's own lock of a name, so it goes with the
 * driver's connection, however the driver ends. A driver whose machine is lost falls silent, and
 * the server closes the connection soon after; one that is there says so every few seconds, and
 * takes the lock again where its connection was lost.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

  // the server notices a moment later that a connection was closed, and its lock with it
  private static final int SECONDS_TO_GIVE_BACK = 2;
  private static final int ANSWER_MILLIS = 10_000;

  /**
   * How a lock is kept.
   *
   * @param beat between two words to the server
   * @param silence after which the server gives up the connection; whole seconds
   */
  record Rhythm(Duration beat, Duration silence) {
    static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(20), Duration.ofSeconds(90));
  }

  private final DatabaseConnector connector;
  private final String runId;
  private final Rhythm rhythm;
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(RunLock::thread);
  private final ScheduledFuture<?> beating;
  private Optional<DatabaseSession> session;

  private RunLock(
      DatabaseConnector connector, String runId, Rhythm rhythm, DatabaseSession session) {
    this.connector = requireNonNull(connector, "connector is null");
    this.runId = requireNonNull(runId, "runId is null");
    this.rhythm = requireNonNull(rhythm, "rhythm is null");
    this.session = Optional.of(session);
    long nanos = rhythm.beat().toNanos();
    beating = beats.scheduleWithFixedDelay(this::beat, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private static Thread thread(Runnable beats) {
    Thread thread = new Thread(beats, "seeql-run-lock");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The lock.
   *
   * @throws JobException if another driver has it
   */
  public static RunLock acquire(DatabaseConnector connector, String runId) throws SQLException {
    return acquire(connector, runId, Rhythm.USUAL);
  }

  static RunLock acquire(DatabaseConnector connector, String runId, Rhythm rhythm)
      throws SQLException {
    return new RunLock(connector, runId, rhythm, lock(connector, runId, rhythm));
  }

  /** A session that has the lock. */
  private static DatabaseSession lock(DatabaseConnector connector, String runId, Rhythm rhythm)
      throws SQLException {
    DatabaseSession session = DatabaseSession.open(connector);
    try {
      session.connection().setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
      session.execute("SET SESSION wait_timeout = " + rhythm.silence().toSeconds());
      Optional<Long> other = lockOrHolder(session, name(runId), SECONDS_TO_GIVE_BACK);
      if (other.isPresent()) {
        throw new JobException(
            "Run %s is going on in another process; wait for its end, or stop it there%s"
                .formatted(runId, whereGone(other.get())));
      }
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private synchronized void beat() {
    try {
      if (session.isPresent()) {
        session.get().execute("DO 1");
      } else {
        session = Optional.of(lock(connector, runId, rhythm));
        LOG.info("Run {}: has its lock again", runId);
      }
    } catch (SQLException | RuntimeException e) {
      // asked for again at the next beat; what is committed is safe without it
      letGo();
    }
  }

  private synchronized void letGo() {
    try {
      if (session.isPresent()) {
        session.get().close();
      }
    } catch (SQLException e) {
      // the lock goes with the connection
    }
    session = Optional.empty();
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
    beating.cancel(false);
    beats.shutdown();
    letGo();
  }
}
