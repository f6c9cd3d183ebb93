package org.seeql.cli.command;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.credential.CredentialSource;
import org.seeql.database.credential.Credentials;
import org.seeql.database.credential.Redaction;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseUrl;
import org.seeql.database.jdbc.SessionSqlMode;
import org.seeql.planner.statement.SqlMode;
import picocli.CommandLine.Option;

/** The database that a command works on: an external server or the embedded one. */
final class DatabaseOptions {
  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "A MySQL or MariaDB server: jdbc:mysql://HOST[:PORT]/DATABASE. Default: SEEQL_DATABASE,"
              + " else the embedded database.")
  private String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description =
          "The user of --database. Default: SEEQL_DATABASE_USER, else the name of your "
              + "account on this machine. The password comes from SEEQL_DATABASE_PASSWORD or from "
              + "--password-file. It cannot be an argument.")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "A file whose first line is the password of --database. Further lines are secret "
              + "settings of its driver, such as clientCertificateKeyStorePassword=….")
  private String passwordFile;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The folder of the embedded database and its results. Default: SEEQL_DATA_DIR, "
              + "else seeql in XDG_DATA_HOME or ~/.local/share.")
  private String dataDirectory;

  /** Starts the embedded database or connects to a server. The caller closes the result. */
  OpenDatabase open(Invocation invocation) {
    Optional<String> server = server(invocation);
    invocation.interruption().watch();
    return server.isEmpty() ? openEmbedded(invocation) : openServer(invocation, server.get());
  }

  /** The initial {@code sql_mode} of a session. The embedded database uses the default. */
  SqlMode sqlMode(Invocation invocation) {
    if (server(invocation).isEmpty()) {
      return SqlMode.DEFAULT;
    }
    try (OpenDatabase open = open(invocation)) {
      return SessionSqlMode.ofNewSession(open.connector());
    }
  }

  /** Opens the database if the user named one. Empty for the default embedded database. */
  Optional<OpenDatabase> openIfNamed(Invocation invocation) {
    return server(invocation).isPresent() || dataDirectory != null
        ? Optional.of(open(invocation))
        : Optional.empty();
  }

  /** Refuses the embedded database if executors run on other machines. */
  void requireReachable(LocalSpark spark, Invocation invocation) {
    if (spark.hasExecutors() && server(invocation).isEmpty()) {
      throw new CommandRefusal(
          "Cannot use the embedded database with --master="
              + spark.master()
              + ": executors on other machines cannot reach it; add --database"
              + " jdbc:mysql://HOST[:PORT]/DATABASE, or use --master='local[*]'");
    }
  }

  private Optional<String> server(Invocation invocation) {
    return url == null && dataDirectory == null
        ? invocation.variable("SEEQL_DATABASE")
        : Optional.ofNullable(url);
  }

  private OpenDatabase openServer(Invocation invocation, String server) {
    if (dataDirectory != null) {
      throw new CommandRefusal(
          "Cannot use --database and --data-dir together: --data-dir is the folder of the "
              + "embedded database, and --database selects another server; leave one of them out");
    }
    checkUrl(server);
    String account =
        user != null
            ? user
            : invocation.variable("SEEQL_DATABASE_USER").orElse(System.getProperty("user.name"));
    return OpenDatabase.server(new DatabaseConnector(server, account, credentials(invocation)));
  }

  /** The arguments that select the same database in another command, quoted for a shell. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    option("--database", url, arguments);
    option("--user", user, arguments);
    option("--password-file", passwordFile, arguments);
    option("--data-dir", dataDirectory, arguments);
    return arguments;
  }

  private static void option(String name, String value, List<String> arguments) {
    if (value != null) {
      arguments.add(name);
      arguments.add(ShellText.word(value));
    }
  }

  private OpenDatabase openEmbedded(Invocation invocation) {
    if (user != null || passwordFile != null) {
      throw new CommandRefusal(
          "Cannot use "
              + (user != null ? "--user" : "--password-file")
              + " without --database: the embedded database has its own account");
    }
    return invocation
        .interruption()
        .whole(() -> OpenDatabase.embedded(EmbeddedDatabase.start(embeddedDirectory(invocation))));
  }

  private Path embeddedDirectory(Invocation invocation) {
    if (dataDirectory != null) {
      return invocation.resolve(dataDirectory);
    }
    return invocation
        .variable("SEEQL_DATA_DIR")
        .map(invocation::resolve)
        .orElseGet(() -> invocation.dataHome().resolve("seeql"));
  }

  private static void checkUrl(String url) {
    // validate first: an invalid URL must not reach a log
    DatabaseUrl.findProblem(url)
        .ifPresent(
            problem -> {
              throw new CommandRefusal(
                  "Invalid --database: "
                      + switch (problem) {
                        case HOLDS_PASSWORD ->
                            "it contains a password, which the process list and the shell "
                                + "history would show; remove it, and put it into "
                                + "SEEQL_DATABASE_PASSWORD or a file for --password-file";
                        case HOLDS_USER -> "it contains a user; remove it, and use --user";
                        case NOT_OF_MYSQL, MALFORMED ->
                            Redaction.ofUrl(url) + " (expected jdbc:mysql://HOST[:PORT]/DATABASE)";
                      });
            });
  }

  private Credentials credentials(Invocation invocation) {
    if (passwordFile == null) {
      return CredentialSource.ofEnvironment(invocation::variable);
    }
    Path file = invocation.resolve(passwordFile);
    try {
      return CredentialSource.ofFile(file, invocation::variable);
    } catch (NoSuchFileException e) {
      throw new CommandRefusal("Cannot read the password file " + file + ": no such file", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandRefusal("Cannot read the password file " + file + ": " + e.getMessage(), e);
    }
  }
}
