package org.seeql.job.metrics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkConf;
import org.seeql.database.RefusalException;
import org.seeql.planner.message.NearestNames;
import scala.Tuple2;

/**
 * The metrics settings in Spark's configuration.
 *
 * @param port the port to listen on; 0 for none
 * @param linger how long the endpoint stays open, at most, for one more reading after Spark has
 *     stopped, if it has been read before
 */
record MetricsSettings(int port, Duration linger) {
  static final int DEFAULT_PORT = 9464;

  private static final String PREFIX = "spark.seeql.metrics.";
  private static final String PORT = PREFIX + "port";
  private static final String LINGER = PREFIX + "linger";
  private static final List<String> KNOWN = List.of(LINGER, PORT);
  private static final int LARGEST_PORT = 65_535;

  MetricsSettings {
    requireNonNull(linger, "linger is null");
  }

  /**
   * Parses {@code spark.seeql.metrics.*}.
   *
   * @throws RefusalException for an unknown key or an invalid value
   */
  static MetricsSettings of(SparkConf conf) {
    for (Tuple2<String, String> setting : conf.getAllWithPrefix(PREFIX)) {
      String key = PREFIX + setting._1();
      if (!KNOWN.contains(key)) {
        throw new RefusalException(NearestNames.unknown("setting", key, KNOWN));
      }
    }
    return new MetricsSettings(port(conf), linger(conf));
  }

  private static int port(SparkConf conf) {
    String text = conf.get(PORT, String.valueOf(DEFAULT_PORT)).strip();
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= LARGEST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // reported like a number that is out of range
    }
    throw new RefusalException(
        "Invalid %s: '%s' (0 to %d; 0 for no metrics)".formatted(PORT, text, LARGEST_PORT));
  }

  private static Duration linger(SparkConf conf) {
    String text = conf.get(LINGER, "0s");
    try {
      return Duration.ofMillis(conf.getTimeAsMs(LINGER, "0s"));
    } catch (NumberFormatException e) {
      throw new RefusalException(
          "Invalid %s: '%s' (a time such as 30s; 0s for none)".formatted(LINGER, text), e);
    }
  }
}
