package org.seeql.job.storage;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What Hadoop's file systems are told: {@code spark.hadoop.*}, then the environment. Thread-safe.
 */
final class HadoopConfiguration {
  private static final String ATTEMPTS = "fs.s3a.attempts.maximum";
  private static final String RETRIES = "fs.s3a.retry.limit";
  private static final String CONNECTION_TIMEOUT = "fs.s3a.connection.establish.timeout";
  private static final String SOCKET_TIMEOUT = "fs.s3a.connection.timeout";
  private static final String REQUEST_TIMEOUT = "fs.s3a.connection.request.timeout";

  private static volatile Optional<Made> last = Optional.empty();

  private HadoopConfiguration() {}

  /** Making one reads files, which takes longer than to read an image. */
  private record Made(SparkEnv spark, Configuration configuration) {}

  /**
   * With the settings of the Spark that runs in this JVM; before there is one, with those that it
   * will have. Not to be changed.
   *
   * @throws IOException if the environment names no place
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
   * The same for a question that a person waits for. S3A asks a store that does not answer for two
   * and a half minutes, which is right in the middle of a run and wrong before it begins.
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
