package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.job.fixture.RunFixture;

class SecretsIT {
  private static final int MAX_ATTEMPTS = 20;
  private static final String PREDICTIONS =
      "SELECT * FROM images TO RUN x CMD 'detect', '--model=scout'";

  private static RunFixture fixture;
  private static String password;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    password = fixture.database().connector().password();
  }

  @Test
  void noBroadcastOfARunHoldsThePassword() throws Exception {
    requireNoPassword(
        "PartitionTask",
        attempt ->
            fixture.detect("SELECT * FROM images", "secret_run_" + attempt, "--partitions=3"));
  }

  @Test
  void noBroadcastOfALazyFrameHoldsThePassword() throws Exception {
    requireNoPassword(
        "StatementRows",
        attempt -> {
          Dataset<Row> frame = SparkSqlIT.session(fixture.database().connector()).sql(PREDICTIONS);
          assertThat(frame.collectAsList()).isNotEmpty();
        });
  }

  @Test
  void noBroadcastOfItsRddHoldsThePassword() throws Exception {
    requireNoPassword(
        "SQLExecutionRDD",
        attempt -> {
          SparkSession session = SparkSqlIT.session(fixture.database().connector());
          assertThat(session.sql(PREDICTIONS).toJavaRDD().count()).isPositive();
        });
  }

  private interface Work {
    void run(int attempt) throws Exception;
  }

  /**
   * Requires that no broadcast contains the password.
   *
   * @param expected is in a broadcast of the work. Spark removes a broadcast after a garbage
   *     collection, so the work is repeated until its broadcast is still there
   */
  private static void requireNoPassword(String expected, Work work) throws Exception {
    boolean seen = false;
    for (int attempt = 0; attempt < MAX_ATTEMPTS && !seen; attempt++) {
      work.run(attempt);
      Collection<String> broadcasts = broadcasts();
      assertThat(broadcasts).noneMatch(bytes -> bytes.contains(password));
      seen = broadcasts.stream().anyMatch(bytes -> bytes.contains(expected));
    }
    assertThat(seen).as("a broadcast with " + expected).isTrue();
  }

  private static Collection<String> broadcasts() throws Exception {
    try (BlockReader reader = BlockReader.ofThisDriver()) {
      return reader.broadcasts().values();
    }
  }
}
