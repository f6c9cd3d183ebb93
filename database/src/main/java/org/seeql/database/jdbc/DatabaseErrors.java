package org.seeql.database.jdbc;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Optional;
import java.util.Set;
import org.seeql.database.Causes;
import org.seeql.database.RefusalException;
import org.seeql.database.credential.Redaction;

/** Classifies the database's errors. */
public final class DatabaseErrors {
  private static final int ACCESS_DENIED = 1045;
  private static final int ACCESS_DENIED_TO_DATABASE = 1044;
  private static final int UNKNOWN_DATABASE = 1049;
  private static final int ACCESS_DENIED_TO_TABLE = 1142;
  private static final int ACCESS_DENIED_TO_COLUMN = 1143;
  private static final int SYNTAX_ERROR = 1064;
  private static final int SERVER_SHUTDOWN = 1053;
  private static final int CONNECTION_KILLED = 1927;
  private static final int LOCK_WAIT_TIMEOUT = 1205;
  private static final int DEADLOCK = 1213;
  private static final String INTEGRITY_VIOLATION = "23";
  // disk full, table full, an option such as read_only, statement killed, read-only mode, two time
  // limits
  private static final Set<Integer> OF_SERVER = Set.of(1021, 1114, 1290, 1317, 1836, 1969, 3024);
  // of MySQL before 8, MySQL 8 and MariaDB
  private static final Set<Integer> LOCAL_FILES_DISABLED = Set.of(1148, 3948, 4166);
  private static final String SENDS_NO_FILES =
      "SeeQL sends no files to the server, because a server could then request any file of this"
          + " machine; load the rows with INSERT statements, or with the server's own client";

  private DatabaseErrors() {}

  /** A refusal with the database's own message. */
  public static RefusalException refused(String what, SQLException error) {
    String reason =
        LOCAL_FILES_DISABLED.contains(error.getErrorCode()) ? SENDS_NO_FILES : message(error);
    return new RefusalException(what + ": " + reason, error);
  }

  /** A refusal that says why the database cannot be used at all. */
  public static RefusalException cannotConnect(DatabaseConnector connector, SQLException error) {
    String what = "Cannot connect to " + connector.address() + " as '" + connector.user() + "': ";
    return new RefusalException(
        what
            + switch (error.getErrorCode()) {
              case ACCESS_DENIED ->
                  "the server refuses the user or the password; check --user and"
                      + " SEEQL_DATABASE_PASSWORD";
              case ACCESS_DENIED_TO_DATABASE ->
                  "the database does not exist, or the user has no rights on it";
              case UNKNOWN_DATABASE -> "the server has no database with this name";
              default ->
                  isUnreachable(error)
                      ? "no server answers at this address; check the address, and whether the server runs"
                      : firstLine(Causes.root(error));
            },
        error);
  }

  /** Whether the connection failed, not the statement. A retry may succeed. */
  public static boolean isConnectionLost(Throwable error) {
    return findSqlException(error)
        .filter(
            e ->
                (e.getSQLState() != null && e.getSQLState().startsWith("08"))
                    || e instanceof SQLNonTransientConnectionException
                    || e instanceof SQLRecoverableException
                    || e.getErrorCode() == SERVER_SHUTDOWN
                    || e.getErrorCode() == CONNECTION_KILLED)
        .isPresent();
  }

  /** Whether the server cannot parse a statement. */
  public static boolean isSyntaxError(SQLException error) {
    return error.getErrorCode() == SYNTAX_ERROR;
  }

  /** Whether the user lacks a privilege on a database, a table or a column. */
  public static boolean isDenied(SQLException error) {
    return error.getErrorCode() == ACCESS_DENIED_TO_DATABASE
        || error.getErrorCode() == ACCESS_DENIED_TO_TABLE
        || error.getErrorCode() == ACCESS_DENIED_TO_COLUMN;
  }

  /**
   * Whether the same transaction may succeed if it is retried: the connection was lost, or another
   * transaction conflicted with it.
   */
  public static boolean isRetryable(SQLException error) {
    return isConnectionLost(error) || isLockTimeout(error) || error.getErrorCode() == DEADLOCK;
  }

  /**
   * Whether a transaction conflicted with rows, or with the locks of another transaction. The
   * connection and the server can be used again.
   */
  public static boolean isConflict(SQLException error) {
    return isLockTimeout(error)
        || error.getErrorCode() == DEADLOCK
        || (error.getSQLState() != null && error.getSQLState().startsWith(INTEGRITY_VIOLATION));
  }

  /**
   * Whether the server cannot execute a statement, even a correct one, in its present state. The
   * disk or a table is full, the server is read-only, or the statement was killed or timed out.
   */
  public static boolean isOfServer(SQLException error) {
    return OF_SERVER.contains(error.getErrorCode());
  }

  /** Whether another transaction held a lock for too long. */
  public static boolean isLockTimeout(SQLException error) {
    return error.getErrorCode() == LOCK_WAIT_TIMEOUT;
  }

  // A server that refuses connections (no TLS, too many connections) also counts as a lost
  // connection.
  private static boolean isUnreachable(SQLException error) {
    Throwable root = Causes.root(error);
    return root instanceof SocketException
        || root instanceof SocketTimeoutException
        || root instanceof UnknownHostException;
  }

  /** Finds the first error of the database in an error and its causes. */
  public static Optional<SQLException> findSqlException(Throwable error) {
    return Causes.find(error, SQLException.class);
  }

  /** The database's message, in one line. */
  public static String message(SQLException error) {
    return firstLine(error);
  }

  private static String firstLine(Throwable error) {
    return Redaction.of(
        String.valueOf(error.getMessage()).strip().lines().findFirst().orElse("no reason given"));
  }
}
