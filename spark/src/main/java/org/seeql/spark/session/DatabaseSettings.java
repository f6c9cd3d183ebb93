package org.seeql.spark.session;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seeql.database.RefusalException;
import org.seeql.database.credential.CredentialSource;
import org.seeql.database.credential.CredentialStore;
import org.seeql.database.credential.Credentials;
import org.seeql.database.jdbc.DatabaseConnector;

/** The database in Spark's settings: a server, or the embedded one in a folder. */
sealed interface DatabaseSettings {
  String DATABASE = "spark.seeql.database";
  String USER = "spark.seeql.user";
  String PASSWORD = "spark.seeql.password";
  String PASSWORD_FILE = "spark.seeql.password_file";

  /** Prefix of a credentials id that replaces a password. */
  String REGISTERED = "credentials:";

  /** The user's server. */
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
   * Parses the settings.
   *
   * @param conf Spark's configuration, by key
   * @param environment the variables for keys that are not set
   * @throws RefusalException if no database is set, or its value is invalid
   */
  static DatabaseSettings of(
      Function<String, Optional<String>> conf, Map<String, String> environment) {
    String database =
        conf.apply(DATABASE)
            .or(() -> Optional.ofNullable(environment.get("SEEQL_DATABASE")))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    new RefusalException(
                        "Cannot reach a database for SeeQL: "
                            + DATABASE
                            + " is not set; set it to jdbc:mysql://HOST[:PORT]/DATABASE, or to"
                            + " embedded:FOLDER for an embedded database in that folder"));
    if (database.startsWith("embedded:")) {
      return new Embedded(folder(database.substring("embedded:".length())));
    }
    String user =
        conf.apply(USER)
            .or(() -> Optional.ofNullable(environment.get("SEEQL_DATABASE_USER")))
            .orElse(System.getProperty("user.name"));
    Credentials credentials = credentials(conf, name -> Optional.ofNullable(environment.get(name)));
    try {
      return new Server(new DatabaseConnector(database, user, credentials));
    } catch (IllegalArgumentException e) {
      throw new RefusalException(
          "Invalid %s: %s (expected jdbc:mysql://HOST[:PORT]/DATABASE or embedded:FOLDER)"
              .formatted(DATABASE, e.getMessage()),
          e);
    }
  }

  /** A replacement for a password in Spark's settings, which may be displayed and transmitted. */
  static String hidden(String password, Map<String, String> environment) {
    return password.startsWith(REGISTERED)
        ? password
        : REGISTERED
            + CredentialStore.ofJvm()
                .register(
                    CredentialSource.ofPassword(
                        password, name -> Optional.ofNullable(environment.get(name))));
  }

  private static Credentials credentials(
      Function<String, Optional<String>> conf, Function<String, Optional<String>> variable) {
    Optional<String> password = conf.apply(PASSWORD);
    Optional<String> file = conf.apply(PASSWORD_FILE);
    if (password.isPresent() && file.isPresent()) {
      throw new RefusalException(
          "Cannot use %s and %s together; remove one of them".formatted(PASSWORD, PASSWORD_FILE));
    }
    if (file.isPresent()) {
      return ofFile(file.get(), variable);
    }
    if (password.isEmpty()) {
      return CredentialSource.ofEnvironment(variable);
    }
    return password.get().startsWith(REGISTERED)
        ? registered(password.get().substring(REGISTERED.length()))
        : CredentialSource.ofPassword(password.get(), variable);
  }

  private static Credentials ofFile(String file, Function<String, Optional<String>> variable) {
    try {
      return CredentialSource.ofFile(Path.of(file), variable);
    } catch (NoSuchFileException e) {
      throw new RefusalException("Cannot read " + PASSWORD_FILE + " " + file + ": no such file", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusalException(
          "Cannot read " + PASSWORD_FILE + " " + file + ": " + e.getMessage(), e);
    }
  }

  private static Credentials registered(String id) {
    try {
      return CredentialStore.ofJvm().find(id);
    } catch (IllegalStateException e) {
      throw new RefusalException(
          "Cannot use the value of %s: it refers to a password of another application"
              .formatted(PASSWORD),
          e);
    }
  }

  private static Path folder(String text) {
    if (text.isBlank()) {
      throw new RefusalException("Invalid " + DATABASE + ": embedded: has no folder");
    }
    return text.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), text.substring(2))
        : Path.of(text);
  }
}
