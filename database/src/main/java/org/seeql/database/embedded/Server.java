package org.seeql.database.embedded;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MariaDB process of a data directory, started by this process or by another one that shares
 * the directory. It does not end with the process that started it: the last user stops it.
 */
final class Server {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 3;

  private final DataDirectory directory;
  private final ProcessHandle process;
  private final int port;

  private Server(DataDirectory directory, ProcessHandle process, int port) {
    this.directory = directory;
    this.process = process;
    this.port = port;
  }

  /** The port on 127.0.0.1. */
  int port() {
    return port;
  }

  /**
   * Finds a server that already runs on the directory. It may be an orphan whose starter was
   * killed; it can still be used.
   */
  static Optional<Server> findRunning(DataDirectory directory) {
    return ServerRecord.find(directory.serverFile())
        .flatMap(
            record ->
                record
                    .findProcess(directory)
                    .map(process -> new Server(directory, process, record.port())))
        .filter(Server::becomesReady);
  }

  /** Starts a server. If the directory is new, the system tables are created first. */
  static Server start(DataDirectory directory, ServerBinaries binaries, String database) {
    try {
      if (!Files.isDirectory(directory.data())) {
        install(directory, binaries);
      }
      if (isUsed(directory)) {
        throw ServerFailure.usedByAnother(directory.root());
      }
      Path statements = directory.root().resolve("start.sql");
      try {
        DataDirectory.writePrivately(
            statements,
            ServerOptions.initialStatements(DataDirectory.USER, directory.password(), database));
        return startOnFreePort(directory, binaries, statements);
      } finally {
        Files.deleteIfExists(statements);
      }
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "Cannot start the embedded database in "
              + directory.root()
              + ": "
              + DataDirectory.reason(e),
          e);
    }
  }

  private static Server startOnFreePort(
      DataDirectory directory, ServerBinaries binaries, Path statements) throws IOException {
    for (int attempt = 1; ; attempt++) {
      long begun = System.nanoTime();
      int port = freePort();
      Process process =
          run(directory, ServerOptions.command(binaries, directory, port, statements));
      new ServerRecord(process.pid(), port).save(directory.serverFile());
      Server server = new Server(directory, process.toHandle(), port);
      if (server.becomesReady()) {
        LOG.info(
            "MariaDB runs on {}, port {}, after {} ms",
            directory.root(),
            port,
            (System.nanoTime() - begun) / 1_000_000);
        return server;
      }
      server.stop();
      // another process may have taken the free port before MariaDB's bind
      if (attempt == ATTEMPTS || !ServerFailure.portWasTaken(directory)) {
        throw ServerFailure.describe(directory, exitStatus(process));
      }
    }
  }

  /** Ends the process, gracefully if possible. */
  void stop() {
    try {
      process.destroy();
      if (!endsWithin(STOP_TIMEOUT)) {
        LOG.warn("MariaDB (process {}) did not stop and is killed", process.pid());
        process.destroyForcibly();
        endsWithin(STOP_TIMEOUT);
      }
      Files.deleteIfExists(directory.serverFile());
    } catch (IOException e) {
      throw new EmbeddedDatabaseException(
          "Cannot delete " + directory.serverFile() + ": " + DataDirectory.reason(e), e);
    }
  }

  /** Waits until the server accepts connections. Returns false if the process ended. */
  private boolean becomesReady() {
    long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (isAlive()) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(loopback(), port), 1000);
        // the server sends its greeting when it accepts connections, not when it starts to listen
        socket.setSoTimeout(10_000);
        if (socket.getInputStream().read() >= 0) {
          return true;
        }
      } catch (IOException e) {
        // the server is not ready yet
      }
      if (System.nanoTime() > deadline) {
        throw new EmbeddedDatabaseException(
            "The embedded database in "
                + directory.root()
                + " (process "
                + process.pid()
                + ") did not respond for "
                + START_TIMEOUT.toSeconds()
                + " seconds; read its log "
                + directory.log()
                + ", and end the process if it hangs");
      }
      sleepBriefly();
    }
    return false;
  }

  /** An orphan that ended but was not reaped is still listed, but has no program. */
  private boolean isAlive() {
    return process.isAlive() && process.info().command().isPresent();
  }

  private boolean endsWithin(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      sleepBriefly();
    }
    return true;
  }

  private static int exitStatus(Process process) {
    try {
      return process
          .toHandle()
          .onExit()
          .thenApply(p -> process.exitValue())
          .get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    } catch (ExecutionException | TimeoutException e) {
      return -1;
    }
  }

  /**
   * Whether another server uses the files. MariaDB checks this too, but retries for half a minute.
   */
  private static boolean isUsed(DataDirectory directory) throws IOException {
    try (FileChannel file = FileChannel.open(directory.data().resolve("ibdata1"), READ, WRITE)) {
      return file.tryLock() == null;
    }
  }

  private static void install(DataDirectory directory, ServerBinaries binaries) throws IOException {
    DataDirectory.deleteRecursively(directory.unfinishedData());
    List<String> command = new ArrayList<>();
    command.add(binaries.installer().toString());
    command.add("--no-defaults");
    command.addAll(ServerOptions.asRoot());
    command.add("--force");
    command.add("--skip-name-resolve");
    command.add("--skip-test-db");
    command.add("--auth-root-authentication-method=normal");
    command.add("--basedir=" + binaries.base());
    // The script does not quote the path for chown, so the path must not contain spaces. It is
    // relative to the directory in which the script runs.
    command.add("--datadir=./" + directory.unfinishedData().getFileName());
    Process process = run(directory, command);
    try {
      if (process.waitFor() != 0) {
        throw ServerFailure.describe(directory, process.exitValue());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("Interrupted while creating the embedded database", e);
    }
    Files.move(directory.unfinishedData(), directory.data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Runs a program with its output in the log file. A pipe would break if this process ended before
   * the server.
   */
  private static Process run(DataDirectory directory, List<String> command) throws IOException {
    if (Files.exists(directory.log())) {
      Files.move(directory.log(), directory.previousLog(), StandardCopyOption.REPLACE_EXISTING);
    }
    // At start, a server clears its folder of temporary tables, including those of other servers.
    Files.createDirectories(directory.temporary());
    ProcessBuilder process =
        new ProcessBuilder(command)
            .directory(directory.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.log().toFile());
    process.environment().put("TMPDIR", directory.temporary().toString());
    return process.start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
      return socket.getLocalPort();
    }
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static void sleepBriefly() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("Interrupted while waiting for the embedded database", e);
    }
  }
}
