package org.seeql.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.spark.sql.SparkSession;
import org.seeql.job.spark.SeeqlExtensions;

/** The one Spark session of all tests of a JVM. */
final class TestSpark {
  private TestSpark() {}

  static synchronized SparkSession session() {
    return SparkSession.builder()
        .appName("seeql tests")
        .master("local[2,4]")
        .config("spark.sql.extensions", SeeqlExtensions.class.getName())
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", warehouse())
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  private static String warehouse() {
    try {
      return Files.createTempDirectory("seeql-warehouse").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
