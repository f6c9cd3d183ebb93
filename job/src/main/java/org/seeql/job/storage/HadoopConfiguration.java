package org.seeql.job.storage;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** What Hadoop's file systems are told. Thread-safe. */
final class HadoopConfiguration {
  private static final String ATTEMPTS = "fs.s3a.attempts.maximum";
  private static final String RETRIES = "fs.s3a.retry.limit";
  private static final String CONNECTION_TIMEOUT = "fs.s3a.connection.establish.timeout";

  private static volatile Optional<Made> last = Optional.empty();

  private HadoopConfiguration() {}

  /** Making one reads files, which takes longer than to read an image. */
  private record Made(Optional<SparkEnv> spark, Configuration configuration) {}

  /**
   * With the settings {@code spark.hadoop.*} where Spark runs in this JVM, and the environment. Not
   * to be changed.
   */
  static Configuration current() {
    Optional<SparkEnv> spark = Optional.ofNullable(SparkEnv.get());
    return last.filter(made -> made.spark().equals(spark))
        .orElseGet(
            () -> {
              Made made = new Made(spark, make(spark));
              last = Optional.of(made);
              return made;
            })
        .configuration();
  }

  private static Configuration make(Optional<SparkEnv> spark) {
    Configuration configuration =
        spark
            .map(env -> SparkHadoopUtil.get().newConfiguration(env.conf()))
            .orElseGet(Configuration::new);
    return new S3Environment(System.getenv()).addTo(configuration);
  }

  /**
   * The same for a question that a person waits for. S3A asks a store that does not answer for two
   * and a half minutes, which is right in the middle of a run and wrong before it begins.
   */
  static Configuration impatient() {
    Configuration configuration = new Configuration(current());
    configuration.setInt(ATTEMPTS, 2);
    configuration.setInt(RETRIES, 1);
    configuration.set(CONNECTION_TIMEOUT, "5s");
    return configuration;
  }
}
