package org.seeql.job.storage;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The configuration of Hadoop's file systems: {@code spark.hadoop.*}, then the environment.
 * Thread-safe.
 */
final class HadoopConfiguration {
  private static final String ATTEMPTS = "fs.s3a.attempts.maximum";
  private static final String RETRIES = "fs.s3a.retry.limit";
  private static final String CONNECTION_TIMEOUT = "fs.s3a.connection.establish.timeout";
  private static final String SOCKET_TIMEOUT = "fs.s3a.connection.timeout";
  private static final String REQUEST_TIMEOUT = "fs.s3a.connection.request.timeout";

  private static volatile Optional<Made> last = Optional.empty();

  private HadoopConfiguration() {}

  /**
   * Cached, because creating a configuration reads files and takes longer than reading an image.
   */
  private record Made(SparkEnv spark, Configuration configuration) {}

  /**
   * The configuration with the settings of the Spark in this JVM. Before Spark has started, with
   * the settings that it will have. Must not be changed.
   *
   * @throws IOException if the environment contains an invalid endpoint
   */
  static Configuration current() throws IOException {
    SparkEnv spark = SparkEnv.get();
    if (spark == null) {
      return make(new SparkConf());
    }
    Optional<Made> known = last.filter(made -> made.spark() == spark);
    if (known.isEmpty()) {
      known = Optional.of(new Made(spark, make(spark.conf())));
      last = known;
    }
    return known.get().configuration();
  }

  private static Configuration make(SparkConf settings) throws IOException {
    return new S3Environment(System.getenv())
        .addTo(SparkHadoopUtil.get().newConfiguration(settings));
  }

  /**
   * The configuration for interactive requests. By default, S3A retries for two and a half minutes
   * if a store does not respond. This is right during a run and too long before it starts.
   */
  static Configuration impatient() throws IOException {
    Configuration configuration = new Configuration(current());
    configuration.setInt(ATTEMPTS, 2);
    configuration.setInt(RETRIES, 1);
    configuration.set(CONNECTION_TIMEOUT, "5s");
    configuration.set(SOCKET_TIMEOUT, "10s");
    configuration.set(REQUEST_TIMEOUT, "10s");
    return configuration;
  }
}
