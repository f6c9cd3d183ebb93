package org.seeql.database.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * The record in a data directory of the server that runs on it.
 *
 * @param pid its process id
 * @param port on 127.0.0.1
 */
record ServerRecord(long pid, int port) {

  /** Reads the record. Empty if there is none or if it cannot be read: it is only a hint. */
  static Optional<ServerRecord> find(Path file) {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return Optional.of(
          new ServerRecord(
              Long.parseLong(properties.getProperty("pid", "")),
              Integer.parseInt(properties.getProperty("port", ""))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void save(Path file) throws IOException {
    DataDirectory.writePrivately(file, "pid=" + pid + "\nport=" + port + "\n");
  }

  /**
   * Finds the process if it is alive and is the server of this directory. The process id alone is
   * not enough: after a reboot it may belong to another process.
   */
  Optional<ProcessHandle> findProcess(DataDirectory directory) {
    String option = ServerOptions.dataDirectoryOption(directory);
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> String.join(" ", p.info().arguments().orElse(new String[0])).contains(option));
  }
}
