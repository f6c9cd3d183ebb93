package org.seeql.database.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of the server: measured to start within a quarter of a second. */
final class ServerOptions {
  private ServerOptions() {}

  static List<String> command(
      ServerBinaries binaries, DataDirectory directory, int port, Path initialStatements) {
    List<String> command = new ArrayList<>();
    command.add(binaries.server().toString());
    // first on the line, or MariaDB reads the machine's my.cnf
    command.add("--no-defaults");
    command.addAll(asRoot());
    command.add("--basedir=" + binaries.base());
    command.add("--lc-messages-dir=" + binaries.share());
    command.add(dataDirectoryOption(directory));
    command.add("--init-file=" + initialStatements);
    command.add("--port=" + port);
    command.add("--bind-address=127.0.0.1");
    // no unix socket: its path may be at most 107 characters long
    command.add("--socket=");
    command.add("--skip-name-resolve");
    // otherwise every start makes a 4096 bit key, for 2 to 10 seconds
    command.add("--skip-ssl");
    command.add("--skip-log-bin");
    command.add("--performance-schema=OFF");
    command.add("--character-set-server=utf8mb4");
    command.add("--max-allowed-packet=64M");
    command.add("--innodb-buffer-pool-size=256M");
    // A commit is handed to the operating system at once and flushed to the disk every second. So a
    // killed server loses nothing; a power cut loses the last second, whole transactions, and a
    // run that is resumed does those partitions again.
    command.add("--innodb-flush-log-at-trx-commit=2");
    return command;
  }

  /** The option by which a process is recognised as the server of a directory. */
  static String dataDirectoryOption(DataDirectory directory) {
    return "--datadir=" + directory.data();
  }

  /** MariaDB refuses to run as root unless told to. */
  static List<String> asRoot() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }

  /**
   * Run at every start before the server listens: the account and the database exist, the accounts
   * without a password that MariaDB installs do not.
   */
  static String initialStatements(String user, String password, String database) {
    String account = "'" + user + "'@'127.0.0.1'";
    // the server reads one statement a line
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
