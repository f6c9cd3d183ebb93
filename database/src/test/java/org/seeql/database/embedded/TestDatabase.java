package org.seeql.database.embedded;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;

/** A database for a class of tests, initially empty, on the {@link TestServer} of this JVM. */
public final class TestDatabase {
  private static final String NAME = "seeql_test";
  private static final String RESULT_KEY = "seeql_id";

  private final DatabaseConnector connector;

  private TestDatabase(DatabaseConnector connector) {
    this.connector = connector;
  }

  /** Drops the database of an earlier class of tests, and the system tables, and creates it. */
  public static TestDatabase create() throws SQLException {
    DatabaseConnector server = TestServer.shared().connector();
    try (DatabaseSession session = DatabaseSession.open(server)) {
      session.execute("DROP DATABASE IF EXISTS seeql");
      session.execute("DROP DATABASE IF EXISTS " + NAME);
      session.execute("CREATE DATABASE " + NAME + " DEFAULT CHARACTER SET utf8mb4");
    }
    return new TestDatabase(in(server, NAME));
  }

  private static DatabaseConnector in(DatabaseConnector server, String database) {
    String url = server.url().replaceFirst("(jdbc:mysql://[^/?]+)(/[^?]*)?", "$1/" + database);
    return new DatabaseConnector(url, server.user(), server.password());
  }

  public DatabaseConnector connector() {
    return connector;
  }

  public void execute(String... statements) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      for (String statement : statements) {
        session.execute(statement);
      }
    }
  }

  /**
   * The rows, with columns separated by a vertical bar. The key of results is omitted, because
   * {@code SELECT *} returns it on servers without invisible columns.
   */
  public List<String> query(String sql) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return session.query(
          sql,
          row -> {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
              if (!row.getMetaData().getColumnLabel(i).equals(RESULT_KEY)) {
                cells.add(String.valueOf(row.getObject(i)));
              }
            }
            return String.join("|", cells);
          });
    }
  }

  /** The names of a table's columns, without the key of results. */
  public List<String> columns(String table) throws SQLException {
    return query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND"
            + " table_name = '"
            + table
            + "' AND column_name <> '"
            + RESULT_KEY
            + "' ORDER BY ordinal_position");
  }

  /** The server's own message for a query that it rejects. Messages differ between servers. */
  public String refusal(String sql) {
    try {
      query(sql);
      throw new IllegalArgumentException("The server does not refuse " + sql);
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  public long count(String table) throws SQLException {
    return Long.parseLong(query("SELECT COUNT(*) FROM " + table).get(0));
  }
}
