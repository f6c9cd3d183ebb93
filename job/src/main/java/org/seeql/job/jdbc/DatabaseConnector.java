package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import com.mysql.cj.jdbc.Driver;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How to reach the user's MySQL or MariaDB. Travels to the executors; printing it never shows the
 * password. Thread-safe.
 *
 * @param url {@code jdbc:mysql://host:port/database}, with any of the driver's own settings
 */
public record DatabaseConnector(String url, String user, String password) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String SCHEME = "jdbc:mysql://";
  // as a setting, also a second or third one, or as //user:password@host
  private static final Pattern PASSWORD =
      Pattern.compile("password\\d?=|//[^/?@]*:[^/?@]*@", Pattern.CASE_INSENSITIVE);

  // What SeeQL relies on; the driver's default would turn TINYINT(1) into a boolean
  private static final Map<String, String> SETTINGS =
      new TreeMap<>(
          Map.of(
              "characterEncoding", "UTF-8",
              "connectTimeout", "10000",
              "rewriteBatchedStatements", "true",
              "tcpKeepAlive", "true",
              "tinyInt1isBit", "false",
              "yearIsDateType", "false"));

  public DatabaseConnector {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    if (PASSWORD.matcher(url).find()) {
      throw new IllegalArgumentException(
          "url holds a password, which logs would show; give it apart from the url");
    }
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("url does not start with " + SCHEME + ": " + safe(url));
    }
  }

  /** A new connection, which the caller closes. */
  public Connection open() throws SQLException {
    return connect(properties());
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
    properties.setProperty("password", password);
    return properties;
  }

  /** Where the server is, for messages: the url without its settings. */
  public String address() {
    return safe(url);
  }

  private static String safe(String url) {
    int settings = url.indexOf('?');
    return settings < 0 ? url : url.substring(0, settings);
  }

  @Override
  public String toString() {
    return address() + " as " + user;
  }
}
