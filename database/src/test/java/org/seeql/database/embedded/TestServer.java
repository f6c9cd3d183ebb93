package org.seeql.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * A server for tests. It is the server in the variable SEEQL_TEST_DATABASE_URL, or else one of this
 * build's {@link ServerKind}. A server from the variable keeps running.
 */
public final class TestServer {
  private static TestServer shared;

  private final DatabaseConnector connector;
  private final Optional<AutoCloseable> own;

  private TestServer(DatabaseConnector connector, Optional<AutoCloseable> own) {
    this.connector = connector;
    this.own = own;
  }

  /**
   * The server that all classes of tests of a JVM share. Each class drops the databases that it
   * uses. The server and its files disappear with the JVM.
   */
  public static synchronized TestServer shared() {
    if (shared == null) {
      Path directory = newDirectory();
      shared = start(directory);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> shared.remove(directory), "remove the shared server"));
    }
    return shared;
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("seeql-test-server-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(Path directory) {
    try {
      if (own.isPresent()) {
        own.get().close();
      }
      DataDirectory.deleteRecursively(directory);
    } catch (Exception e) {
      throw new IllegalStateException("Cannot remove the server of the tests", e);
    }
  }

  private static TestServer start(Path directory) {
    if (isNamed()) {
      return new TestServer(
          new DatabaseConnector(
              System.getenv("SEEQL_TEST_DATABASE_URL"),
              System.getenv("SEEQL_TEST_DATABASE_USER"),
              System.getenv("SEEQL_TEST_DATABASE_PASSWORD")),
          Optional.empty());
    }
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return switch (ServerKind.ofTests()) {
      case MARIADB -> {
        EmbeddedDatabase server = EmbeddedDatabase.start(directory);
        yield new TestServer(server.connector(), Optional.of(server));
      }
      case MYSQL -> {
        ServerProcess server = ServerProcess.start(ServerKind.MYSQL, directory);
        yield new TestServer(server.connector(), Optional.of(server));
      }
    };
  }

  /** Whether tests use a server that they did not start and must not stop. */
  public static boolean isNamed() {
    return System.getenv("SEEQL_TEST_DATABASE_URL") != null;
  }

  /** A connector with all privileges. */
  public DatabaseConnector connector() {
    return connector;
  }

  /** Executes a statement without a current database. */
  public void execute(String sql) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      session.execute(sql);
    }
  }

  /** The first column of a query without a current database. */
  public List<String> query(String sql) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return session.query(sql, row -> row.getString(1));
    }
  }

  /** Empties the system tables, if they exist. To drop and migrate them for each test is slow. */
  public void emptySystemTables() throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      List<String> tables =
          session.query(
              "SELECT table_name FROM information_schema.tables WHERE table_schema = 'seeql' AND"
                  + " table_name <> 'flyway_schema_history'",
              row -> row.getString(1));
      for (String table : tables) {
        session.execute("DELETE FROM seeql.`" + table + "`");
      }
    }
  }

  /** MariaDB's command line client. */
  public static Path client() {
    Path client = ServerBinaries.load().base().resolve("bin").resolve("mariadb");
    if (!client.toFile().setExecutable(true)) {
      throw new IllegalStateException("Cannot make " + client + " executable");
    }
    return client;
  }

  /**
   * An account with all privileges and the password of {@link #connector}. MariaDB's client can use
   * it, although it does not support caching_sha2_password.
   */
  public String clientUser() throws SQLException {
    if (ServerKind.ofTests() == ServerKind.MARIADB) {
      return connector.user();
    }
    String account = "'client'@'127.0.0.1'";
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      session.execute(
          "CREATE USER IF NOT EXISTS "
              + account
              + " IDENTIFIED WITH mysql_native_password BY '"
              + connector.password()
              + "'");
      session.execute("GRANT ALL PRIVILEGES ON *.* TO " + account);
    }
    return "client";
  }
}
