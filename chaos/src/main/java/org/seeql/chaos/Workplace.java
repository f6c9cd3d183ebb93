package org.seeql.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.seeql.chaos.SeeqlProcess.Outcome;
import org.seeql.database.embedded.ServerKind;
import org.seeql.database.embedded.ServerProcess;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * A database server that can be killed, a folder for files and output, and the SeeQL commands that
 * use them. The caller closes it, which stops the server and keeps the folder.
 */
public final class Workplace implements AutoCloseable {
  /** Much longer than any command of the suite, even on a busy machine with two cores. */
  public static final Duration HANG = Duration.ofMinutes(6);

  private final Path root;
  private final Path folder;
  private final ServerProcess server;
  private final Duration lease;
  private final AtomicInteger outputs = new AtomicInteger();
  private final List<SeeqlProcess> started = new ArrayList<>();

  private Workplace(Path root, Path folder, ServerProcess server, Duration lease) {
    this.root = root;
    this.folder = folder;
    this.server = server;
    this.lease = lease;
  }

  /**
   * Starts the server.
   *
   * @param root of the source checkout
   * @param lease the time after which an inactive driver is replaced
   */
  static Workplace open(Path root, Path folder, ServerKind kind, Duration lease)
      throws IOException {
    Files.createDirectories(folder.resolve("output"));
    return new Workplace(root, folder, ServerProcess.start(kind, folder.resolve("server")), lease);
  }

  public Path folder() {
    return folder;
  }

  /** The root of the source checkout. */
  public Path root() {
    return root;
  }

  public Path demo() {
    return root.resolve("demo");
  }

  public ServerProcess server() {
    return server;
  }

  public DatabaseConnector connector() {
    return server.connector();
  }

  /** The maximum time that a run belongs to a driver that has died. */
  public Duration lease() {
    return lease;
  }

  /** Starts {@code seeql run …} on the database. Not thread-safe. */
  public SeeqlProcess start(String... arguments) {
    return start(Map.of(), arguments);
  }

  public SeeqlProcess start(Map<String, String> environment, String... arguments) {
    DatabaseConnector connector = connector();
    List<String> line =
        new ArrayList<>(List.of("run", "--database", connector.url(), "--user", connector.user()));
    line.addAll(List.of(arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("SEEQL_DATABASE_PASSWORD", connector.password());
    all.put("SEEQL_LEASE_SECONDS", String.valueOf(lease.toSeconds()));
    Path output = folder.resolve("output").resolve("%06d.txt".formatted(outputs.incrementAndGet()));
    SeeqlProcess process = SeeqlProcess.start(root, output, all, line);
    started.removeIf(p -> !p.isAlive());
    started.add(process);
    return process;
  }

  /** Runs {@code seeql run …} to its end, which must be successful. */
  public void run(String... arguments) throws IOException, InterruptedException {
    Outcome outcome =
        start(arguments)
            .await(HANG)
            .orElseThrow(() -> new ChaosException("An undisturbed command hangs"));
    if (!outcome.isSuccess()) {
      throw new ChaosException("An undisturbed command fails: " + outcome.output());
    }
  }

  public DatabaseSession session() throws SQLException {
    return DatabaseSession.open(connector());
  }

  public void execute(String... statements) throws SQLException {
    try (DatabaseSession session = session()) {
      for (String statement : statements) {
        session.execute(statement);
      }
    }
  }

  /** Stops the server, and also kills commands that are still running after an exception. */
  @Override
  public void close() {
    started.forEach(SeeqlProcess::end);
    server.close();
  }
}
