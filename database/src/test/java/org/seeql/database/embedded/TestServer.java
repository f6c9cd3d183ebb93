package org.seeql.database.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * The server of a class of tests. It is the server in the variable SEEQL_TEST_DATABASE_URL, or else
 * one of this build's {@link ServerKind}. The caller closes it. A server from the variable keeps
 * running.
 */
public final class TestServer implements AutoCloseable {
  private final DatabaseConnector connector;
  private final Optional<AutoCloseable> own;

  private TestServer(DatabaseConnector connector, Optional<AutoCloseable> own) {
    this.connector = connector;
    this.own = own;
  }

  /**
   * @param directory for the files of a server that is started
   */
  public static TestServer start(Path directory) {
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

  @Override
  public void close() {
    own.ifPresent(
        server -> {
          try {
            server.close();
          } catch (Exception e) {
            throw new IllegalStateException("Cannot stop the server of the tests", e);
          }
        });
  }
}
