package org.seeql.spark.session;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.embedded.EmbeddedDatabaseException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.SystemSchema;

/**
 * The database in a Spark session's settings: {@code spark.seeql.database}, a JDBC URL or {@code
 * embedded:FOLDER}, with {@code spark.seeql.user} and {@code spark.seeql.password}. Opened on first
 * use and shared by all sessions of the application. An embedded server stops with the application.
 * Thread-safe.
 */
public final class SparkDatabase {
  private static final Map<SparkContext, Map<DatabaseSettings, SparkDatabase>> OPEN =
      new HashMap<>();

  private final DatabaseConnector connector;
  private final Optional<EmbeddedDatabase> embedded;
  private boolean migrated;

  private SparkDatabase(DatabaseConnector connector, Optional<EmbeddedDatabase> embedded) {
    this.connector = requireNonNull(connector, "connector is null");
    this.embedded = requireNonNull(embedded, "embedded is null");
  }

  /**
   * The database of a session.
   *
   * @throws RefusalException if no database is set, or the embedded one is set and executors run on
   *     other machines
   * @throws EmbeddedDatabaseException if the embedded server cannot start
   */
  public static SparkDatabase of(SparkSession spark) {
    DatabaseSettings settings =
        DatabaseSettings.of(
            key -> Optional.ofNullable(spark.conf().get(key, null)), System.getenv());
    SparkContext context = spark.sparkContext();
    hidePassword(spark);
    synchronized (OPEN) {
      Map<DatabaseSettings, SparkDatabase> open = OPEN.get(context);
      if (open == null) {
        open = new HashMap<>();
        OPEN.put(context, open);
        context.addSparkListener(new Closing(context));
      }
      SparkDatabase database = open.get(settings);
      if (database == null) {
        database = open(settings, context);
        open.put(settings, database);
      }
      return database;
    }
  }

  /**
   * Replaces the password with an id: Spark sends a session's settings with its tasks, and some of
   * them in broadcasts.
   */
  private static void hidePassword(SparkSession spark) {
    Optional.ofNullable(spark.conf().get(DatabaseSettings.PASSWORD, null))
        .ifPresent(
            password ->
                spark
                    .conf()
                    .set(
                        DatabaseSettings.PASSWORD,
                        DatabaseSettings.hidden(password, System.getenv())));
    // Other sessions of the application start with these settings
    SparkConf shared = spark.sparkContext().conf();
    if (shared.contains(DatabaseSettings.PASSWORD)) {
      shared.set(
          DatabaseSettings.PASSWORD,
          DatabaseSettings.hidden(shared.get(DatabaseSettings.PASSWORD), System.getenv()));
    }
  }

  /** Connects to the database, from the driver and from the executors. */
  public DatabaseConnector connector() {
    return connector;
  }

  /**
   * Migrates SeeQL's system tables on the first call.
   *
   * @throws RefusalException if the database does not respond or refuses
   */
  public synchronized void migrate() {
    if (migrated) {
      return;
    }
    try {
      SystemSchema.migrate(connector);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot prepare SeeQL's own tables", e);
    }
    migrated = true;
  }

  private static SparkDatabase open(DatabaseSettings settings, SparkContext context) {
    if (settings instanceof DatabaseSettings.Server server) {
      return new SparkDatabase(server.connector(), Optional.empty());
    }
    if (!context.isLocal()) {
      throw new RefusalException(
          "Cannot use the embedded database on "
              + context.master()
              + ": executors on other machines cannot reach it; set "
              + DatabaseSettings.DATABASE
              + " to jdbc:mysql://HOST[:PORT]/DATABASE, or use --master=local[*]");
    }
    EmbeddedDatabase database =
        EmbeddedDatabase.start(((DatabaseSettings.Embedded) settings).directory());
    return new SparkDatabase(database.connector(), Optional.of(database));
  }

  /** Closes the databases of an application when it ends. */
  private static final class Closing extends SparkListener {
    private final SparkContext context;

    Closing(SparkContext context) {
      this.context = context;
    }

    @Override
    public void onApplicationEnd(SparkListenerApplicationEnd end) {
      synchronized (OPEN) {
        Map<DatabaseSettings, SparkDatabase> open = OPEN.remove(context);
        if (open != null) {
          open.values().forEach(d -> d.embedded.ifPresent(EmbeddedDatabase::close));
        }
      }
    }
  }
}
