package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.time.Duration;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * The connections of this JVM for SeeQL's own statements, by database and purpose. The user's
 * statements never run on them. Thread-safe.
 *
 * <p>A borrower gets an idle connection that responds, or opens a new one in its own thread. It
 * never waits for other borrowers, and a server that is down is reported at once, with the driver's
 * own error.
 */
final class ConnectionPool {
  // Most partitions take less time than this. A server may close connections that are idle for
  // longer.
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);
  private static final Duration PAUSE_BETWEEN_EVICTIONS = Duration.ofSeconds(10);
  // A server may accept only 151 connections, and many JVMs share it. Two suffice for many tasks,
  // which use a connection for milliseconds.
  private static final int MAX_IDLE_PER_KEY = 2;
  private static final int SECONDS_TO_ANSWER = 2;

  // TRADITIONAL includes the other two modes. A table may contain dates like 0000-00-00 because the
  // server accepted them earlier.
  private static final String LEDGER_SETTINGS =
      "SET SESSION sql_mode = REPLACE(REPLACE(REPLACE(@@SESSION.sql_mode, 'NO_ZERO_IN_DATE', ''),"
          + " 'NO_ZERO_DATE', ''), 'TRADITIONAL', ''), SESSION wait_timeout = "
          + DatabaseSession.MAX_IDLE.toSeconds();

  private static final GenericKeyedObjectPool<Key, Connection> IDLE =
      new GenericKeyedObjectPool<>(new Factory(), config());

  private ConnectionPool() {}

  /** What the statements of a connection do. */
  enum Purpose {
    /**
     * Reads and writes SeeQL's own tables and results. Transactions are READ COMMITTED, so that
     * they see what others have committed. Dates like {@code 0000-00-00} can be written. The server
     * ends a transaction that is idle for {@link DatabaseSession#MAX_IDLE}.
     */
    LEDGER {
      @Override
      Connection open(DatabaseConnector connector) throws SQLException {
        Connection opened = connector.open();
        try (Statement statement = opened.createStatement()) {
          opened.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
          statement.execute(LEDGER_SETTINGS);
          return opened;
        } catch (SQLException e) {
          opened.close();
          throw e;
        }
      }
    },

    /** Reads many rows, as many at a time as the fetch size says. */
    READING {
      @Override
      Connection open(DatabaseConnector connector) throws SQLException {
        return connector.openForReading();
      }
    };

    abstract Connection open(DatabaseConnector connector) throws SQLException;
  }

  private record Key(DatabaseConnector connector, Purpose purpose) {
    Key {
      requireNonNull(connector, "connector is null");
      requireNonNull(purpose, "purpose is null");
    }
  }

  private static GenericKeyedObjectPoolConfig<Connection> config() {
    GenericKeyedObjectPoolConfig<Connection> config = new GenericKeyedObjectPoolConfig<>();
    config.setMaxTotal(-1);
    config.setMaxTotalPerKey(-1);
    config.setMaxIdlePerKey(MAX_IDLE_PER_KEY);
    config.setTestOnBorrow(true);
    config.setMinEvictableIdleDuration(LONGEST_IDLE);
    config.setTimeBetweenEvictionRuns(PAUSE_BETWEEN_EVICTIONS);
    config.setNumTestsPerEvictionRun(-1);
    config.setJmxEnabled(false);
    return config;
  }

  /** Borrows a connection. It is in autocommit mode. Closing the session returns it. */
  static DatabaseSession borrow(DatabaseConnector connector, Purpose purpose) throws SQLException {
    Key key = new Key(connector, purpose);
    Connection connection = borrow(key);
    return new DatabaseSession(connection, () -> IDLE.returnObject(key, connection));
  }

  private static Connection borrow(Key key) throws SQLException {
    try {
      return IDLE.borrowObject(key);
    } catch (SQLException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Cannot borrow a connection", e);
    }
  }

  /** Closes all idle connections. */
  static void closeIdle() {
    IDLE.clear();
  }

  /** Closes the idle connections to a database. */
  static void closeIdle(DatabaseConnector connector) {
    for (Purpose purpose : Purpose.values()) {
      IDLE.clear(new Key(connector, purpose));
    }
  }

  private static final class Factory extends BaseKeyedPooledObjectFactory<Key, Connection> {
    @Override
    public Connection create(Key key) throws SQLException {
      return key.purpose().open(key.connector());
    }

    @Override
    public PooledObject<Connection> wrap(Connection connection) {
      return new DefaultPooledObject<>(connection);
    }

    /**
     * Whether a connection responds. If an idle one does not, the others have probably been lost
     * with it, and are closed, so that no borrower has to wait for each of them.
     */
    @Override
    public boolean validateObject(Key key, PooledObject<Connection> pooled) {
      boolean isNew = pooled.getBorrowedCount() <= 1;
      boolean isValid = isNew || responds(pooled.getObject());
      if (!isValid) {
        IDLE.clear(key);
      }
      return isValid;
    }

    private static boolean responds(Connection connection) {
      try {
        return connection.isValid(SECONDS_TO_ANSWER);
      } catch (SQLException e) {
        return false;
      }
    }

    /**
     * Ends an open transaction. If this fails, the pool closes the connection. A connection that
     * was lost or discarded is not kept, and neither are idle ones, which may be to the same
     * server.
     */
    @Override
    public void passivateObject(Key key, PooledObject<Connection> pooled) throws SQLException {
      Connection connection = pooled.getObject();
      if (connection.isClosed()) {
        IDLE.clear(key);
        throw new SQLRecoverableException("The connection is closed", "08003");
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }

    @Override
    public void destroyObject(Key key, PooledObject<Connection> pooled) throws SQLException {
      pooled.getObject().close();
    }
  }
}
