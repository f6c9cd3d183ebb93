package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This driver's ownership of a run. It consists of a fencing token, which every commit for the run
 * checks, and a lease, which a thread renews.
 *
 * <p>The ownership does not depend on a connection. After a lost connection or a server restart,
 * the driver remains the owner. It loses the run only if the lease expires and another driver takes
 * over.
 *
 * <p>Thread-safe. The driver closes it, which ends the lease and raises the token, so that running
 * tasks commit nothing.
 */
public final class RunOwner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunOwner.class);
  private static final int HEARTBEATS_PER_LEASE = 6;

  /** The owners in this process that are not closed. */
  private static final Set<Owned> OPEN = ConcurrentHashMap.newKeySet();

  private final DatabaseConnector connector;
  private final String runId;
  private final long epoch;
  private final Duration lease;
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "seeql-lease");
            thread.setDaemon(true);
            return thread;
          });
  private final CopyOnWriteArrayList<Runnable> lossListeners = new CopyOnWriteArrayList<>();
  private Optional<DatabaseSession> session = Optional.empty();
  private boolean isFailing;
  private volatile boolean lost;

  private record Owned(String runId, long epoch) {}

  /** Whether an owner in this process works on a run with a fencing token. */
  static boolean isOpen(String runId, long epoch) {
    return OPEN.contains(new Owned(runId, epoch));
  }

  private RunOwner(DatabaseConnector connector, String runId, long epoch, Duration lease) {
    this.connector = requireNonNull(connector, "connector is null");
    this.runId = requireNonNull(runId, "runId is null");
    this.epoch = epoch;
    this.lease = requireNonNull(lease, "lease is null");
  }

  /**
   * Makes this driver the owner of a run. If the former owner's process has ended on this machine,
   * its lease is taken over at once. A lease of another machine is taken over when it has expired.
   *
   * @param lease how long the run remains this driver's without a heartbeat
   * @param notice receives a description of the wait, if there is one
   * @throws RefusalException if another driver owns the run and works on it
   */
  public static RunOwner take(
      DatabaseConnector connector, String runId, Duration lease, Consumer<String> notice)
      throws SQLException {
    LeaseWait wait = new LeaseWait(notice);
    LockWait locks = new LockWait(notice);
    while (true) {
      RunLease held;
      try (DatabaseSession session = DatabaseSession.borrow(connector)) {
        session.begin();
        RunLeases.createIfAbsent(session, runId);
        held = RunLeases.lock(session, runId).orElseThrow();
        if (!held.isLive()) {
          return take(session, connector, held, lease);
        }
        session.rollBack();
      } catch (SQLException e) {
        locks.requireRetryable(e);
        continue;
      }
      if (!wait.pause(held)) {
        throw new RefusalException(
            "Run %s is running in another process (%s); wait until it ends, or stop it there"
                .formatted(runId, held.describe()));
      }
    }
  }

  private static RunOwner take(
      DatabaseSession session, DatabaseConnector connector, RunLease held, Duration lease)
      throws SQLException {
    long epoch = RunLeases.take(session, held, OwnerProcess.current(), lease);
    Owned owned = new Owned(held.runId(), epoch);
    // Register it before other threads of this process can see the new epoch.
    OPEN.add(owned);
    try {
      session.commit();
    } catch (SQLException e) {
      OPEN.remove(owned);
      throw e;
    }
    RunOwner owner = new RunOwner(connector, held.runId(), epoch, lease);
    owner.startHeartbeat();
    return owner;
  }

  /**
   * Waits for the transaction of a former driver whose machine is lost or suspended. The server
   * ends it when it has been idle for {@link DatabaseSession#MAX_IDLE}, or for {@link
   * PartitionWriter#MAX_INFERENCE}.
   */
  private static final class LockWait {
    private final Consumer<String> notice;
    private final long end = System.nanoTime() + PartitionWriter.MAX_INFERENCE.toNanos();
    private boolean isReported;

    LockWait(Consumer<String> notice) {
      this.notice = notice;
    }

    /** Rethrows an error, unless it is a lock timeout that permits another attempt. */
    void requireRetryable(SQLException error) throws SQLException {
      if (!DatabaseErrors.isLockTimeout(error)
          || System.nanoTime() > end
          || Thread.currentThread().isInterrupted()) {
        throw error;
      }
      if (!isReported) {
        isReported = true;
        notice.accept("until the transaction of the previous driver ends");
      }
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // beat() logs errors
  private void startHeartbeat() {
    long pause = Math.max(1, lease.toMillis() / HEARTBEATS_PER_LEASE);
    heartbeat.scheduleWithFixedDelay(this::beat, pause, pause, TimeUnit.MILLISECONDS);
  }

  // An exception would end the schedule. If the server does not respond, the next heartbeat tries
  // again.
  private void beat() {
    try {
      if (session.isEmpty()) {
        // A network that has lost the connection does not report it.
        Duration timeout = Duration.ofMillis(Math.max(1_000, lease.toMillis() / 2));
        session = Optional.of(DatabaseSession.open(connector, timeout));
      }
      if (!RunLeases.renew(session.get(), runId, epoch, lease)) {
        lose();
      }
      isFailing = false;
    } catch (Throwable e) {
      if (!isFailing && !heartbeat.isShutdown()) {
        LOG.warn("Cannot renew the lease of run {}; trying again", runId, e);
      }
      isFailing = true;
      closeSession();
    }
  }

  private void lose() {
    lost = true;
    heartbeat.shutdown();
    lossListeners.forEach(Runnable::run);
  }

  /** The fencing token that each commit for the run must present. */
  public long epoch() {
    return epoch;
  }

  /** Calls a listener in another thread when a heartbeat finds that another driver owns the run. */
  public void onLoss(Runnable listener) {
    lossListeners.add(listener);
    if (lost) {
      listener.run();
    }
  }

  /**
   * The writes of one transaction of an owner.
   *
   * @param <E> the exceptions of work outside the database
   */
  @FunctionalInterface
  public interface Writes<E extends Exception> {
    void by(DatabaseSession session) throws SQLException, E;
  }

  /**
   * Writes in a transaction that also verifies that this driver owns the run.
   *
   * @param session in autocommit mode
   * @throws OwnershipLostException if another driver owns the run; then nothing is written
   */
  public <E extends Exception> void write(DatabaseSession session, Writes<E> writes)
      throws SQLException, E {
    inTransaction(
        session,
        own -> {
          require(own);
          writes.by(own);
        });
  }

  /**
   * Writes in a transaction that also ends the ownership. This driver's running tasks commit
   * nothing afterwards. The writes see the results of commits that were in progress.
   *
   * @param session borrowed, so that its transactions are READ COMMITTED; in autocommit mode
   * @throws OwnershipLostException if another driver owns the run; then nothing is written
   */
  public <E extends Exception> void abandon(DatabaseSession session, Writes<E> writes)
      throws SQLException, E {
    inTransaction(
        session,
        own -> {
          if (!RunLeases.release(own, runId, epoch)) {
            throw new OwnershipLostException(runId);
          }
          writes.by(own);
        });
    heartbeat.shutdown();
  }

  private static <E extends Exception> void inTransaction(DatabaseSession session, Writes<E> writes)
      throws SQLException, E {
    session.begin();
    try {
      writes.by(session);
      session.commit();
    } catch (Exception e) {
      session.rollBack(e);
      throw e;
    }
  }

  /**
   * Verifies that this driver owns the run. In a transaction of the session, this holds until the
   * transaction ends.
   *
   * @throws OwnershipLostException if another driver owns the run
   */
  public void require(DatabaseSession session) throws SQLException {
    if (!RunLeases.renew(session, runId, epoch, lease)) {
      throw new OwnershipLostException(runId);
    }
  }

  /**
   * Ends the lease, so that the run can be resumed at once. Raises the fencing token, so that
   * running tasks commit nothing.
   */
  @Override
  public void close() {
    OPEN.remove(new Owned(runId, epoch));
    heartbeat.shutdownNow();
    try {
      // Only the heartbeat's thread may use its session.
      if (!heartbeat.awaitTermination(lease.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("The heartbeat of run {} does not end", runId);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeSession();
    try (DatabaseSession last = DatabaseSession.borrow(connector)) {
      last.begin();
      RunLeases.release(last, runId, epoch);
      last.commit();
    } catch (SQLException e) {
      LOG.debug("Cannot end the lease of run {}", runId, e);
    }
  }

  private void closeSession() {
    session.ifPresent(
        opened -> {
          try {
            opened.close();
          } catch (SQLException e) {
            // already lost
          }
        });
    session = Optional.empty();
  }
}
