package org.seeql.spark.session;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.spark.sql.jdbc.JdbcConnectionProvider;
import org.seeql.database.credential.CredentialStore;
import org.seeql.database.credential.Credentials;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.UncheckedSqlException;
import scala.Option;
import scala.collection.immutable.Map;

/**
 * Opens the connections of Spark's JDBC reader for SeeQL. The tasks of a frame contain its options;
 * these contain a credentials id instead of a password. Spark finds the provider through {@code
 * META-INF/services}.
 */
public final class SeeqlConnectionProvider extends JdbcConnectionProvider {
  private static final String NAME = "seeql";
  private static final String CREDENTIALS = "seeqlCredentials";
  private static final String USER = "user";

  /** The options with which Spark's reader uses this provider for a database. */
  public static Properties options(DatabaseConnector database) {
    Properties options = new Properties();
    options.setProperty("connectionProvider", NAME);
    options.setProperty(USER, database.user());
    options.setProperty(CREDENTIALS, CredentialStore.ofJvm().register(database.credentials()));
    return options;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean canHandle(Driver driver, Map<String, String> options) {
    return options.contains(CREDENTIALS);
  }

  @Override
  public Connection getConnection(Driver driver, Map<String, String> options) {
    Credentials credentials = CredentialStore.ofJvm().find(option(options, CREDENTIALS));
    try {
      return new DatabaseConnector(option(options, "url"), option(options, USER), credentials)
          .openForReading();
    } catch (SQLException e) {
      throw new UncheckedSqlException(e);
    }
  }

  private static String option(Map<String, String> options, String name) {
    Option<String> value = options.get(name);
    return value.get();
  }

  @Override
  public boolean modifiesSecurityContext(Driver driver, Map<String, String> options) {
    return false;
  }
}
