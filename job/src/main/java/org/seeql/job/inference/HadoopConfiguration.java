package org.seeql.job.inference;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** What Hadoop's file systems are told. */
public final class HadoopConfiguration {
  private HadoopConfiguration() {}

  /** With the settings {@code spark.hadoop.*} where Spark runs in this JVM. */
  public static Configuration current() {
    SparkEnv spark = SparkEnv.get();
    return spark == null
        ? new Configuration()
        : SparkHadoopUtil.get().newConfiguration(spark.conf());
  }
}
