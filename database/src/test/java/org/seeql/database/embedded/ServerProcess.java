package org.seeql.database.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.seeql.database.jdbc.DatabaseConnector;

/**
 * A database server on 127.0.0.1 that can be killed and restarted. It keeps its port and its files.
 * The caller closes it; it also ends with this JVM.
 */
public final class ServerProcess implements AutoCloseable {
  /** The database that a connection starts in. */
  public static final String DATABASE = "main";

  static final String USER = "seeql";
  static final String PASSWORD = "a password of the tests";

  private static final long TIMEOUT_SECONDS = 90;

  private final ServerCommand command;
  private final Path directory;
  private final int port;
  private final Thread shutdownHook = new Thread(this::end, "end the database server");
  private Process process;

  private ServerProcess(ServerCommand command, Path directory, int port) {
    this.command = command;
    this.directory = directory;
    this.port = port;
  }

  /**
   * Starts a server with new files.
   *
   * @param directory is created; must be empty if it exists
   */
  public static ServerProcess start(ServerKind kind, Path directory) {
    try {
      Files.createDirectories(directory);
      ServerCommand command =
          switch (kind) {
            case MARIADB -> MariaDbCommand.install(directory);
            case MYSQL -> MySqlCommand.install(directory);
          };
      ServerProcess server = new ServerProcess(command, directory, freePort());
      Runtime.getRuntime().addShutdownHook(server.shutdownHook);
      server.start();
      return server;
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("Cannot start " + kind + " in " + directory, e);
    }
  }

  /** A connector to {@link #DATABASE} with all privileges. */
  public DatabaseConnector connector() {
    return new DatabaseConnector("jdbc:mysql://127.0.0.1:" + port + "/" + DATABASE, USER, PASSWORD);
  }

  /** Kills it with SIGKILL, as if its machine were lost. */
  public void kill() {
    end();
  }

  /** Restarts it after {@link #kill}. Returns when it responds. */
  public void start() {
    try {
      Path statements = directory.resolve("start.sql");
      DataDirectory.writePrivately(statements, String.join("\n", initialStatements()) + "\n");
      List<String> line = new ArrayList<>(command.line(port, statements));
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
      awaitAnswer();
    } catch (IOException e) {
      throw new EmbeddedDatabaseException("Cannot start the server in " + directory, e);
    }
  }

  private static List<String> initialStatements() {
    String account = "'" + USER + "'@'127.0.0.1'";
    return List.of(
        "CREATE USER IF NOT EXISTS " + account + ";",
        "ALTER USER " + account + " IDENTIFIED BY '" + PASSWORD + "';",
        "GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION;",
        "CREATE DATABASE IF NOT EXISTS " + DATABASE + ";");
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (true) {
      try {
        connector().open().close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new EmbeddedDatabaseException(
              "The server in " + directory + " does not answer:\n" + Files.readString(log()), e);
        }
      }
      pause();
    }
  }

  private Path log() {
    return directory.resolve("server.log");
  }

  private void end() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the server. The files are only for the test, so an orderly shutdown is not needed. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // the JVM is exiting: the hook runs, or has run
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("Interrupted while waiting for the server", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }
}
