package org.seeql.spark.statement;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.job.SessionOptions;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.ProgramCatalog;
import scala.jdk.javaapi.CollectionConverters;

/** Statement settings in Spark's configuration, such as {@code spark.seeql.batch_size}. */
final class StatementSettings {
  private static final String PREFIX = "spark.seeql.";
  private static final String LEASE_SECONDS = PREFIX + "lease_seconds";
  private static final String MODEL_CACHE = PREFIX + "model_cache";

  /** Keys that are not options. Names with a dot belong to other parts of SeeQL. */
  private static final Set<String> OTHERS =
      Set.of(
          "database",
          "user",
          "password",
          "password_file",
          "relations",
          "into",
          "model_cache",
          "lease_seconds");

  private StatementSettings() {}

  static SessionOptions of(SparkSession spark) {
    SessionOptions settings =
        new SessionOptions(
            options(CollectionConverters.asJava(spark.conf().getAll())),
            ProgramCatalog.standard(),
            Path.of(""),
            Optional.ofNullable(spark.conf().get(MODEL_CACHE, null))
                .map(Path::of)
                .orElseGet(() -> cacheHome().resolve("seeql").resolve("models")));
    return Optional.ofNullable(spark.conf().get(LEASE_SECONDS, null))
        .map(seconds -> settings.withLease(lease(seconds)))
        .orElse(settings);
  }

  private static Duration lease(String seconds) {
    try {
      Duration lease = Duration.ofSeconds(Long.parseLong(seconds.strip()));
      if (lease.toSeconds() >= 1) {
        return lease;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new RefusalException(
        "Invalid %s: %s (a whole number of seconds, at least 1)".formatted(LEASE_SECONDS, seconds));
  }

  /** The run options among all keys; options of the statement take precedence. */
  static OptionSet options(Map<String, String> conf) {
    OptionSet options = OptionSet.NONE;
    for (Map.Entry<String, String> setting : conf.entrySet()) {
      String name =
          setting.getKey().startsWith(PREFIX) ? setting.getKey().substring(PREFIX.length()) : "";
      if (isOption(name)) {
        options = options.with(name, setting.getValue(), setting.getKey());
      }
    }
    return options;
  }

  private static boolean isOption(String name) {
    return !name.isEmpty()
        && !name.contains(".")
        && !OTHERS.contains(name)
        && !isOnlyOf(OptionScope.DETECT_FUNCTION, name)
        && !isOnlyOf(OptionScope.CLASSIFY_FUNCTION, name)
        && !isOnlyOf(OptionScope.TAG_FUNCTION, name)
        && !isOnlyOf(OptionScope.EMBED_FUNCTION, name);
  }

  private static boolean isOnlyOf(OptionScope function, String name) {
    return OptionTable.of(function).notIn(OptionScope.RUN).names().contains(name);
  }

  private static Path cacheHome() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(home -> !home.isBlank())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache"));
  }
}
