package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import com.mysql.cj.jdbc.Driver;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.seeql.database.credential.Credentials;
import org.seeql.database.credential.Redaction;

/**
 * How to reach the user's MySQL or MariaDB. Travels to the executors, without its secrets, which
 * {@link Credentials} fetch there; printing it never shows one. Thread-safe.
 *
 * @param url {@code jdbc:mysql://host:port/database}, with any of the driver's own settings that
 *     are no secrets
 */
public record DatabaseConnector(String url, String user, Credentials credentials)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  // What SeeQL relies on; the driver's defaults would turn TINYINT(1) into a boolean, and rewrite
  // what stands between braces, in names, too
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "characterEncoding", "UTF-8",
              "connectTimeout", "10000",
              "enableEscapeProcessing", "false",
              "processEscapeCodesForPrepStmts", "false",
              "rewriteBatchedStatements", "true",
              "tcpKeepAlive", "true",
              "tinyInt1isBit", "false",
              "yearIsDateType", "false"));

  public DatabaseConnector {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(credentials, "credentials is null");
    DatabaseUrl.findProblem(url)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  switch (problem) {
                    case HOLDS_PASSWORD ->
                        "url holds a password, which logs would show; give it apart from the url";
                    case HOLDS_USER -> "url holds a user; give it apart from the url";
                    case NOT_OF_MYSQL ->
                        "url does not start with "
                            + DatabaseUrl.SCHEME
                            + ": "
                            + Redaction.ofUrl(url);
                    case MALFORMED -> "url is malformed: " + Redaction.ofUrl(url);
                  });
            });
  }

  /** With no other secret than a password. */
  public DatabaseConnector(String url, String user, String password) {
    this(url, user, Credentials.of(password));
  }

  public String password() {
    return credentials.password();
  }

  /** A new connection, which the caller closes. */
  public Connection open() throws SQLException {
    return connect(properties());
  }

  /**
   * A new connection that fails when the server does not answer in time, from the first answer of
   * the server on. The caller closes it.
   */
  Connection open(Duration timeout) throws SQLException {
    Properties properties = properties();
    properties.setProperty("socketTimeout", Long.toString(timeout.toMillis()));
    return connect(properties);
  }

  /**
   * A new connection whose statements with a fetch size read that many rows at a time instead of
   * all at once; they are prepared on the server. The caller closes it.
   */
  public Connection openForReading() throws SQLException {
    return connect(readingProperties());
  }

  // DriverManager does not find a driver that came later than itself, as one of spark.jars can
  private Connection connect(Properties properties) throws SQLException {
    return new Driver().connect(url, properties);
  }

  /** {@link #properties} with cursors for statements that have a fetch size. */
  public Properties readingProperties() {
    Properties properties = properties();
    properties.setProperty("useCursorFetch", "true");
    // A pager may stand still: as long as a connection that does nothing stays open by default
    properties.setProperty("netTimeoutForStreamingResults", "28800");
    return properties;
  }

  /** User, password and the settings that SeeQL relies on, where the url does not say otherwise. */
  public Properties properties() {
    Properties properties = new Properties();
    SETTINGS.forEach(
        (name, value) -> {
          if (!url.contains(name + "=")) {
            properties.setProperty(name, value);
          }
        });
    properties.setProperty("user", user);
    properties.setProperty("password", credentials.password());
    credentials.settings().forEach(properties::setProperty);
    return properties;
  }

  /** Where the server is, for messages: the url without its settings. */
  public String address() {
    int settings = url.indexOf('?');
    return settings < 0 ? url : url.substring(0, settings);
  }

  @Override
  public String toString() {
    return address() + " as " + user;
  }
}
