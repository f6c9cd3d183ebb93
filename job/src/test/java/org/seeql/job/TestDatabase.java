package org.seeql.job;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.seeql.job.embedded.TestServer;
import org.seeql.job.jdbc.DatabaseConnector;
import org.seeql.job.jdbc.DatabaseSession;

/** A database for a class of tests, empty at its start, on a {@link TestServer}. */
final class TestDatabase implements AutoCloseable {
  private static final String NAME = "seeql_test";

  private final TestServer server;
  private final DatabaseConnector connector;

  private TestDatabase(TestServer server, DatabaseConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  static TestDatabase start(Path directory) throws Exception {
    TestServer started = TestServer.start(directory);
    DatabaseConnector server = started.connector();
    try (DatabaseSession session = DatabaseSession.open(server)) {
      session.execute("DROP DATABASE IF EXISTS seeql");
      session.execute("DROP DATABASE IF EXISTS " + NAME);
      session.execute("CREATE DATABASE " + NAME + " DEFAULT CHARACTER SET utf8mb4");
    }
    return new TestDatabase(started, in(server, NAME));
  }

  private static DatabaseConnector in(DatabaseConnector server, String database) {
    String url = server.url().replaceFirst("(jdbc:mysql://[^/?]+)(/[^?]*)?", "$1/" + database);
    return new DatabaseConnector(url, server.user(), server.password());
  }

  DatabaseConnector connector() {
    return connector;
  }

  void execute(String... statements) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      for (String statement : statements) {
        session.execute(statement);
      }
    }
  }

  /** The rows, with columns separated by a bar. */
  List<String> query(String sql) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return session.query(
          sql,
          row -> {
            StringBuilder text = new StringBuilder(String.valueOf(row.getObject(1)));
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
              text.append('|').append(row.getObject(i));
            }
            return text.toString();
          });
    }
  }

  /** The server's own words about a query that it refuses; they differ from server to server. */
  String refusal(String sql) {
    try {
      query(sql);
      throw new IllegalArgumentException("The server does not refuse " + sql);
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  long count(String table) throws SQLException {
    return Long.parseLong(query("SELECT COUNT(*) FROM " + table).get(0));
  }

  @Override
  public void close() {
    server.close();
  }
}
