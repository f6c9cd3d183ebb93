package org.seeql.job.spark;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seeql.job.JobException;
import org.seeql.job.jdbc.DatabaseConnector;

/** Which database Spark's settings name: a server, or the embedded one in a folder. */
sealed interface DatabaseSettings {
  String DATABASE = "spark.seeql.database";
  String USER = "spark.seeql.user";
  String PASSWORD = "spark.seeql.password";

  /** A server of the user's. */
  record Server(DatabaseConnector connector) implements DatabaseSettings {
    public Server {
      requireNonNull(connector, "connector is null");
    }
  }

  /** The embedded server of a folder. */
  record Embedded(Path directory) implements DatabaseSettings {
    public Embedded {
      directory = directory.toAbsolutePath().normalize();
    }
  }

  /**
   * Reads the settings.
   *
   * @param conf what Spark's configuration says, by key
   * @param environment the variables that stand in for keys that are not set
   * @throws JobException if no database is named, or it is not one
   */
  static DatabaseSettings of(
      Function<String, Optional<String>> conf, Map<String, String> environment) {
    String database =
        conf.apply(DATABASE)
            .or(() -> Optional.ofNullable(environment.get("SEEQL_DATABASE")))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new JobException(
                        "Cannot reach a database for SeeQL: "
                            + DATABASE
                            + " is not set; set it to jdbc:mysql://HOST[:PORT]/DATABASE, or to"
                            + " embedded:FOLDER for a database of Spark's own in that folder"));
    if (database.startsWith("embedded:")) {
      return new Embedded(folder(database.substring("embedded:".length())));
    }
    String user =
        conf.apply(USER)
            .or(() -> Optional.ofNullable(environment.get("SEEQL_DATABASE_USER")))
            .orElse(System.getProperty("user.name"));
    String password =
        conf.apply(PASSWORD)
            .or(() -> Optional.ofNullable(environment.get("SEEQL_DATABASE_PASSWORD")))
            .orElse("");
    try {
      return new Server(new DatabaseConnector(database, user, password));
    } catch (IllegalArgumentException e) {
      throw new JobException(
          "Invalid %s: %s (expected jdbc:mysql://HOST[:PORT]/DATABASE or embedded:FOLDER)"
              .formatted(DATABASE, e.getMessage()),
          e);
    }
  }

  private static Path folder(String text) {
    if (text.isBlank()) {
      throw new JobException("Invalid " + DATABASE + ": embedded: names no folder");
    }
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }
}
