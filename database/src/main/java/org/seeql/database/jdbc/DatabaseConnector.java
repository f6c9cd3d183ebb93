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
 * The address and account of the user's MySQL or MariaDB. It is serialized to the executors without
 * its secrets, which {@link Credentials} fetch there. {@link #toString} shows no secret.
 * Thread-safe.
 *
 * @param url {@code jdbc:mysql://host:port/database}, with any settings of the driver that are not
 *     secret
 */
public record DatabaseConnector(String url, String user, Credentials credentials)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  // Settings that SeeQL relies on. The driver's defaults turn TINYINT(1) into a boolean and rewrite
  // text between braces, even in names.
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
                        "url contains a password, which logs would show; set the password separately";
                    case HOLDS_USER -> "url contains a user; set the user separately";
                    case NOT_OF_MYSQL ->
                        "url does not start with "
                            + DatabaseUrl.SCHEME
                            + ": "
                            + Redaction.ofUrl(url);
                    case MALFORMED -> "url is malformed: " + Redaction.ofUrl(url);
                  });
            });
  }

  /** A connector whose only secret is a password. */
  public DatabaseConnector(String url, String user, String password) {
    this(url, user, Credentials.of(password));
  }

  public String password() {
    return credentials.password();
  }

  /** Opens a new connection, which the caller closes. */
  public Connection open() throws SQLException {
    return connect(properties());
  }

  /**
   * Opens a new connection that fails if the server does not respond in time. The timeout applies
   * after the server's first response. The caller closes the connection.
   */
  Connection open(Duration timeout) throws SQLException {
    Properties properties = properties();
    properties.setProperty("socketTimeout", Long.toString(timeout.toMillis()));
    return connect(properties);
  }

  /**
   * Opens a new connection whose statements with a fetch size read that many rows at a time instead
   * of all at once. Statements are prepared on the server. The caller closes the connection.
   */
  public Connection openForReading() throws SQLException {
    return connect(readingProperties());
  }

  // DriverManager does not find a driver that was loaded later than itself, for example from
  // spark.jars.
  private Connection connect(Properties properties) throws SQLException {
    return new Driver().connect(url, properties);
  }

  /** {@link #properties} with cursors for statements that have a fetch size. */
  public Properties readingProperties() {
    Properties properties = properties();
    properties.setProperty("useCursorFetch", "true");
    // A pager may pause for a long time, so this is the server's default timeout for idle
    // connections.
    properties.setProperty("netTimeoutForStreamingResults", "28800");
    return properties;
  }

  /**
   * The user, the password and the settings that SeeQL relies on. Settings in the URL take
   * precedence.
   */
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

  /** The server's address for messages: the URL without its settings. */
  public String address() {
    int settings = url.indexOf('?');
    return settings < 0 ? url : url.substring(0, settings);
  }

  @Override
  public String toString() {
    return address() + " as " + user;
  }
}
