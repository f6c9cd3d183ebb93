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
    fixture.detect("SELECT * FROM images", "secret_run", "--partitions=3");

    Collection<String> broadcasts = broadcasts();
    assertThat(broadcasts).anyMatch(bytes -> bytes.contains("PartitionTask"));
    assertThat(broadcasts).noneMatch(bytes -> bytes.contains(password));
  }

  @Test
  void noBroadcastOfALazyFrameHoldsThePassword() throws Exception {
    Dataset<Row> frame = SparkSqlIT.session(fixture.database().connector()).sql(PREDICTIONS);

    assertThat(frame.collectAsList()).isNotEmpty();

    Collection<String> broadcasts = broadcasts();
    assertThat(broadcasts).anyMatch(bytes -> bytes.contains("StatementRows"));
    assertThat(broadcasts).noneMatch(bytes -> bytes.contains(password));
  }

  @Test
  void noBroadcastOfItsRddHoldsThePassword() throws Exception {
    SparkSession session = SparkSqlIT.session(fixture.database().connector());

    long rows = session.sql(PREDICTIONS).toJavaRDD().count();

    assertThat(rows).isPositive();
    Collection<String> broadcasts = broadcasts();
    assertThat(broadcasts).anyMatch(bytes -> bytes.contains("SQLExecutionRDD"));
    assertThat(broadcasts).noneMatch(bytes -> bytes.contains(password));
  }

  private static Collection<String> broadcasts() throws Exception {
    try (BlockReader reader = BlockReader.ofThisDriver()) {
      return reader.broadcasts().values();
    }
  }
}
