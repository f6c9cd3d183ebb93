package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import com.mysql.cj.jdbc.JdbcConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.seeql.database.RefusalException;
import org.seeql.planner.parser.SessionState;

/**
 * The connection in which the user's own statements run. USE, temporary tables and variables
 * therefore persist from one statement to the next. A lost connection is reopened, and the loss is
 * reported if the old one held such state. Not thread-safe, except for {@link #kill}.
 */
public final class UserSession implements AutoCloseable {
  private static final int ANSWER_TIMEOUT_SECONDS = 10;
  private static final int MAX_SHOWN = 40;
  private static final Pattern QUERY =
      Pattern.compile(
          "[\\s(]*(SELECT|WITH|TABLE|VALUES)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final DatabaseConnector connector;
  private volatile DatabaseSession session;
  private Optional<String> database;
  private Optional<String> state = Optional.empty();
  private Optional<QueryRows> unread = Optional.empty();

  private UserSession(DatabaseConnector connector, DatabaseSession session) throws SQLException {
    this.connector = requireNonNull(connector, "connector is null");
    this.session = requireNonNull(session, "session is null");
    this.database = Optional.ofNullable(session.connection().getCatalog());
  }

  public static UserSession open(DatabaseConnector connector) throws SQLException {
    return new UserSession(connector, DatabaseSession.openForReading(connector));
  }

  /**
   * Returns a session that responds. If the old session was lost and held no state that later
   * statements need, this is a new session in the same database.
   *
   * @throws RefusalException once, if state that statements had set in the old session was lost
   */
  public DatabaseSession session() throws SQLException {
    // Until these rows are closed, the connection accepts no other statement.
    unread.ifPresent(QueryRows::interrupt);
    unread = Optional.empty();
    if (!session.connection().isValid(ANSWER_TIMEOUT_SECONDS)) {
      session.close();
      session = reopened();
      refuseLostState();
    }
    return session;
  }

  /** Opens a new session in the database of the old one. */
  private DatabaseSession reopened() throws SQLException {
    DatabaseSession opened = DatabaseSession.openForReading(connector);
    try {
      if (database.isPresent()) {
        opened.connection().setCatalog(database.get());
      }
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  private void refuseLostState() {
    if (state.isPresent()) {
      String first = state.get();
      state = Optional.empty();
      throw new RefusalException(
          "The connection to %s was lost, and so was the state of its session since `%s` (variables, settings, temporary tables, an open transaction, locks); run the program again from its first statement"
              .formatted(connector.address(), first));
    }
  }

  /** The session's current database, in which unqualified table names are resolved. */
  public Optional<String> database() throws SQLException {
    database =
        session()
            .findFirst("SELECT DATABASE()", row -> Optional.ofNullable(row.getString(1)))
            .orElseThrow();
    return database;
  }

  /** Runs a statement unchanged. Rows are read on demand, until the next call of this session. */
  public SessionResult execute(String sql) throws SQLException {
    Statement statement = session().connection().createStatement();
    statement.setEscapeProcessing(
        false); // the driver would rewrite {d '…'}, which the server accepts
    try {
      if (QUERY.matcher(sql).matches()) {
        QueryRows.streaming(statement);
      }
      boolean hasRows = statement.execute(sql);
      if (state.isEmpty() && SessionState.isLeftBy(sql)) {
        state = Optional.of(beginning(sql));
      }
      if (hasRows) {
        QueryRows rows = new QueryRows(connector, statement);
        unread = Optional.of(rows);
        return new SessionResult.Query(columns(statement.getResultSet()), rows);
      }
      long count = statement.getLargeUpdateCount();
      statement.close();
      database();
      return new SessionResult.Update(Math.max(0, count));
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  // Two words without a value: the text that follows may be a secret.
  private static String beginning(String sql) {
    String[] words = sql.strip().split("\\s+", 3);
    String two = words.length < 2 ? words[0] : words[0] + " " + words[1];
    String text = two.split("[:=`'\"(]", 2)[0].strip();
    boolean isWhole = words.length < 3 && text.length() == two.length();
    String shown = isWhole ? text : text + " …";
    return shown.length() <= MAX_SHOWN ? shown : shown.substring(0, MAX_SHOWN) + "…";
  }

  /** The labels of a query's columns. */
  public static List<String> columns(ResultSet rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      // an expression may have no name at all
      columns.add(Objects.requireNonNullElse(rows.getMetaData().getColumnLabel(i), ""));
    }
    return columns;
  }

  /**
   * Ends the connection on the server, together with the statement that it executes. May be called
   * from any thread.
   */
  public void kill() {
    try (DatabaseSession other = DatabaseSession.open(connector)) {
      other.execute("KILL " + session.connection().unwrap(JdbcConnection.class).getId());
    } catch (SQLException e) {
      // the connection has already ended, or the database cannot be reached
    }
  }

  @Override
  public void close() throws SQLException {
    unread.ifPresent(QueryRows::interrupt);
    session.close();
  }
}
