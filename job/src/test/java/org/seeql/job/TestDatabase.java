package org.seeql.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.job.embedded.EmbeddedDatabase;
import org.seeql.job.jdbc.DatabaseConnector;
import org.seeql.job.jdbc.DatabaseSession;

/**
 * A database for a class of tests, empty at its start: the server that SEEQL_TEST_DATABASE_URL
 * names, else an embedded one.
 */
final class TestDatabase implements AutoCloseable {
  private static final String NAME = "seeql_test";

  private final Optional<EmbeddedDatabase> embedded;
  private final DatabaseConnector connector;

  private TestDatabase(Optional<EmbeddedDatabase> embedded, DatabaseConnector connector) {
    this.embedded = embedded;
    this.connector = connector;
  }

  static TestDatabase start(Path directory) throws Exception {
    Optional<String> url = Optional.ofNullable(System.getenv("SEEQL_TEST_DATABASE_URL"));
    Optional<EmbeddedDatabase> embedded = Optional.empty();
    DatabaseConnector server;
    if (url.isPresent()) {
      server =
          new DatabaseConnector(
              url.get(),
              System.getenv("SEEQL_TEST_DATABASE_USER"),
              System.getenv("SEEQL_TEST_DATABASE_PASSWORD"));
    } else {
      embedded = Optional.of(EmbeddedDatabase.start(Files.createDirectories(directory)));
      server = embedded.get().connector();
    }
    try (DatabaseSession session = DatabaseSession.open(server)) {
      session.execute("DROP DATABASE IF EXISTS seeql");
      session.execute("DROP DATABASE IF EXISTS " + NAME);
      session.execute("CREATE DATABASE " + NAME + " DEFAULT CHARACTER SET utf8mb4");
    }
    return new TestDatabase(embedded, in(server, NAME));
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

  long count(String table) throws SQLException {
    return Long.parseLong(query("SELECT COUNT(*) FROM " + table).get(0));
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedDatabase::close);
  }
}
