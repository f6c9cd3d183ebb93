package org.seeql.database.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.seeql.database.jdbc.DatabaseConnector;

/**
 * A MariaDB server that SeeQL runs in a data directory, on 127.0.0.1, with its own account. The
 * data persists from one use to the next.
 *
 * <p>Several processes, and several callers in one process, may use a directory at once. The first
 * starts the server; the last to close stops it. If a process was killed, the next one takes over
 * the server that it left, or lets MariaDB recover the files. Thread-safe.
 */
public final class EmbeddedDatabase implements AutoCloseable {

  /** The database that a connection starts in. */
  public static final String DATABASE = "main";

  /** Directories that this process uses, by their real paths. */
  private static final Map<Path, Use> IN_USE = new HashMap<>();

  private final Use use;
  private final Thread shutdownHook = new Thread(this::leave, "stop the embedded database");
  private boolean closed;

  private EmbeddedDatabase(Use use) {
    this.use = use;
  }

  /**
   * Starts the server of a directory, or joins the users of a server that already runs.
   *
   * @param dataDirectory created if it is missing
   * @throws EmbeddedDatabaseException if the server cannot start
   */
  public static EmbeddedDatabase start(Path dataDirectory) {
    DataDirectory directory = DataDirectory.open(dataDirectory);
    synchronized (IN_USE) {
      Use use = IN_USE.get(directory.root());
      if (use == null) {
        use = Use.begin(directory);
        IN_USE.put(directory.root(), use);
      }
      use.count++;
      EmbeddedDatabase database = new EmbeddedDatabase(use);
      Runtime.getRuntime().addShutdownHook(database.shutdownHook);
      return database;
    }
  }

  /** A connector to {@link #DATABASE} with all privileges. */
  public DatabaseConnector connector() {
    return new DatabaseConnector(
        "jdbc:mysql://127.0.0.1:" + use.server.port() + "/" + DATABASE + "?sslMode=DISABLED",
        DataDirectory.USER,
        use.directory.password());
  }

  /** The data directory, with symbolic links resolved. */
  public Path directory() {
    return use.directory.root();
  }

  /** Stops the server if nobody else uses it. May be called more than once. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // the process is exiting: the hook runs, or has run
    }
    leave();
  }

  private void leave() {
    synchronized (IN_USE) {
      if (closed) {
        return;
      }
      closed = true;
      use.count--;
      if (use.count == 0) {
        IN_USE.remove(use.directory.root());
        use.end();
      }
    }
  }

  /** The use of a directory by this process. */
  private static final class Use {
    final DataDirectory directory;
    final DirectoryLock lock;
    final Server server;
    int count;

    private Use(DataDirectory directory, DirectoryLock lock, Server server) {
      this.directory = directory;
      this.lock = lock;
      this.server = server;
    }

    static Use begin(DataDirectory directory) {
      try {
        DirectoryLock lock = DirectoryLock.open(directory);
        try {
          Server server =
              lock.runExclusively(
                  () -> {
                    Server found = findOrStart(directory);
                    lock.enter();
                    return found;
                  });
          return new Use(directory, lock, server);
        } catch (IOException | RuntimeException e) {
          lock.close();
          throw e;
        }
      } catch (IOException e) {
        throw cannot("use", directory, e);
      }
    }

    private static Server findOrStart(DataDirectory directory) {
      return Server.findRunning(directory)
          .orElseGet(() -> Server.start(directory, ServerBinaries.load(), DATABASE));
    }

    void end() {
      try (lock) {
        lock.runExclusively(
            () -> {
              boolean last = lock.leave();
              if (last) {
                server.stop();
              }
              return last;
            });
      } catch (IOException e) {
        throw cannot("stop", directory, e);
      }
    }

    private static EmbeddedDatabaseException cannot(
        String verb, DataDirectory directory, IOException e) {
      return new EmbeddedDatabaseException(
          "Cannot "
              + verb
              + " the embedded database in "
              + directory.root()
              + ": "
              + DataDirectory.reason(e),
          e);
    }
  }
}
