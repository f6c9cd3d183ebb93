package org.seeql.database.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the server. With these options it starts within a quarter of a second
 * (measured).
 */
final class ServerOptions {
  private ServerOptions() {}

  static List<String> command(
      ServerBinaries binaries, DataDirectory directory, int port, Path initialStatements) {
    List<String> command = new ArrayList<>();
    command.add(binaries.server().toString());
    // must be the first option, or MariaDB reads the machine's my.cnf
    command.add("--no-defaults");
    command.addAll(asRoot());
    command.add("--basedir=" + binaries.base());
    command.add("--lc-messages-dir=" + binaries.share());
    command.add(dataDirectoryOption(directory));
    command.add("--init-file=" + initialStatements);
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    // no unix socket: its path may have at most 107 characters
    command.add("--socket=");
    command.add("--skip-name-resolve");
    // otherwise every start generates a 4096-bit key, which takes 2 to 10 seconds
    command.add("--skip-ssl");
    command.add("--skip-log-bin");
    command.add("--performance-schema=OFF");
    command.add("--character-set-server=utf8mb4");
    command.add("--max-allowed-packet=64M");
    command.add("--innodb-buffer-pool-size=256M");
    // A commit is written to the operating system at once and flushed to disk every second. A
    // killed server therefore loses nothing. A power failure loses the transactions of the last
    // second, and a resumed run processes those partitions again.
    command.add("--innodb-flush-log-at-trx-commit=2");
    return command;
  }

  /** The option that identifies a process as the server of a directory. */
  static String dataDirectoryOption(DataDirectory directory) {
    return "--datadir=" + directory.data();
  }

  /** The option that lets MariaDB run as root, which it refuses by default. */
  static List<String> asRoot() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }

  /**
   * Statements that run at every start, before the server listens. They create the account and the
   * database, and delete the accounts without a password that MariaDB installs.
   */
  static String initialStatements(String user, String password, String database) {
    String account = "'" + user + "'@'127.0.0.1'";
    // the server reads one statement per line
    return String.join(
        "\n",
        "CREATE OR REPLACE USER " + account + " IDENTIFIED BY '" + password + "';",
        "GRANT ALL PRIVILEGES ON *.* TO " + account + " WITH GRANT OPTION;",
        "DELETE FROM mysql.global_priv WHERE User IN ('root', '');",
        "DELETE FROM mysql.proxies_priv;",
        "FLUSH PRIVILEGES;",
        "CREATE DATABASE IF NOT EXISTS " + database + ";",
        "");
  }
}
