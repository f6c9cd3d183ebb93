package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.job.fixture.RunFixture;

/** Statements in {@code spark.sql} that write a Spark table. */
class SparkTableIT {
  private static final String IMAGE_DIR = "--image_dir=" + RunFixture.IMAGES;

  private static SparkSession spark;

  @BeforeAll
  static void open() throws Exception {
    spark = SparkSqlIT.session(RunFixture.shared().database().connector());
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString("|")).toList();
  }

  private static Row one(String sql) {
    List<Row> rows = spark.sql(sql).collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void writesATableOfSparks() throws Exception {
    String sql =
        RunFixture.detection("SELECT * FROM images", "spark_catalog.default.seen", "--mode=append");

    Row first = one(sql);
    Row second = one(sql);

    assertThat(second.<String>getAs("target")).isEqualTo("spark_catalog.default.seen");
    assertThat(second.<Long>getAs("images")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(texts(spark.sql("SELECT run_id, count(*) FROM seen GROUP BY 1")))
        .containsExactlyInAnyOrder(
            first.getAs("run_id") + "|" + first.getAs("rows"),
            second.getAs("run_id") + "|" + second.getAs("rows"));
    assertThatThrownBy(() -> spark.sql(sql.replace("append", "error")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("TABLE_OR_VIEW_ALREADY_EXISTS");
  }

  @Test
  void predictsWhereTheSettingSaysSo() {
    spark.conf().set("spark.seeql.into", "spark");
    try {
      Row run =
          one(
              "SELECT * FROM images LIMIT 5 TO PREDICT default.spark_seen.place WITH mode ="
                  + " overwrite USING places");
      assertThat(run.<Long>getAs("rows")).isEqualTo(5);
    } finally {
      spark.conf().unset("spark.seeql.into");
    }
    assertThat(spark.table("spark_seen").columns())
        .containsExactly("image_id", "file_name", "taken", "extra", "place", "place_score");
  }

  @Test
  void readsTheSelectionOnceForATableOfSparks() {
    LongAccumulator read = SparkSqlIT.pictures(spark, "read_once");

    Row run =
        one(
            RunFixture.detection(
                "SELECT * FROM read_once",
                "spark_catalog.default.once",
                IMAGE_DIR,
                "--partitions=3"));

    assertThat(read.sum()).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(run.<Long>getAs("images")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(run.<Long>getAs("failed")).isZero();
    assertThat(run.<Integer>getAs("partitions")).isEqualTo(3);
  }

  @Test
  void countsTheImagesThatFailOnTheWay() {
    Row run = one(withBadPaths("one_bad", 1, "--max_failed_images=1"));

    assertThat(run.<String>getAs("state")).isEqualTo("succeeded");
    assertThat(run.<Long>getAs("images")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(run.<Long>getAs("failed")).isEqualTo(1);
  }

  @Test
  void failsARunOfWhichAllImagesFail() {
    String sql = withBadPaths("all_bad", RunFixture.IMAGE_COUNT);

    assertThatThrownBy(() -> spark.sql(sql))
        .isInstanceOf(SparkException.class)
        .hasMessageMatching(
            "Run \\S+ failed: 24 of 24 images failed, more than --max_failed_images=10% allows \\(the"
                + " first: 'gone/.*': There is no such file: .*\\)\\. The other images have 0 rows in spark_catalog.default.all_bad");
  }

  @Test
  void failsARunThatHasOneFailureTooMany() {
    assertThatThrownBy(() -> spark.sql(withBadPaths("two_bad", 2, "--max_failed_images=1")))
        .isInstanceOf(SparkException.class)
        .hasMessageContaining(" failed: 2 of 24 images failed, more than --max_failed_images=1 ");
  }

  /** A statement that writes a Spark table, over a view in which some paths name no file. */
  private static String withBadPaths(String table, int bad, String... arguments) {
    List<String> paths = new ArrayList<>(RunFixture.imageFiles());
    for (int i = 0; i < bad; i++) {
      paths.set(i, "gone/" + paths.get(i));
    }
    spark
        .createDataset(paths, Encoders.STRING())
        .selectExpr("value AS image_id", "value AS path")
        .createOrReplaceTempView("view_" + table);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add(IMAGE_DIR);
    return RunFixture.detection(
        "SELECT * FROM view_" + table,
        "spark_catalog.default." + table,
        all.toArray(String[]::new));
  }
}
