package org.seeql.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.fixture.TestSpark;

/** Queries that call image functions over the fixture's images, and their costs. */
final class PictureQueries {
  private static PictureQueries shared;

  private final SparkSession spark;
  private final LongAccumulator opened;

  private PictureQueries(RunFixture fixture) {
    DatabaseConnector connector = fixture.database().connector();
    spark = TestSpark.session().newSession();
    spark.conf().set("spark.seeql.database", connector.url());
    spark.conf().set("spark.seeql.user", connector.user());
    spark.conf().set("spark.seeql.password", connector.password());
    spark.conf().set("spark.seeql.image_dir", RunFixture.IMAGES.toString());
    opened = spark.sparkContext().longAccumulator("opened");
    view("pictures", RunFixture.imageFiles());
  }

  /** The instance of this JVM, with a view {@code pictures}. Its session becomes the active one. */
  static synchronized PictureQueries shared() throws Exception {
    if (shared == null) {
      RunFixture fixture = RunFixture.shared();
      fixture.detect("SELECT * FROM images", "function_scout", "--confidence=0.1");
      shared = new PictureQueries(fixture);
    }
    SparkSession.setActiveSession(shared.spark);
    return shared;
  }

  SparkSession spark() {
    return spark;
  }

  /** Counts the paths that are read from views. */
  LongAccumulator opened() {
    return opened;
  }

  /** Creates a view of paths, which counts those that are read. */
  void view(String name, List<String> paths) {
    LongAccumulator counter = opened;
    spark
        .createDataset(paths, Encoders.STRING())
        .coalesce(1)
        .map(
            (MapFunction<String, String>)
                path -> {
                  counter.add(1);
                  return path;
                },
            Encoders.STRING())
        .toDF("path")
        .selectExpr("path", "length(path) AS letters", "monotonically_increasing_id() AS id")
        .createOrReplaceTempView(name);
  }

  List<String> rows(String sql) {
    return text(spark.sql(sql));
  }

  static List<String> text(Dataset<Row> frame) {
    return frame.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining("|")))
        .toList();
  }

  /** The number of nodes in a query's plan that process images. */
  int looks(String sql) {
    String plan = spark.sql(sql).queryExecution().optimizedPlan().toString();
    return plan.split("EvaluateImages", -1).length - 1;
  }

  /** The number of images that the nodes of a query processed. */
  long images(String sql) {
    Dataset<Row> frame = spark.sql(sql);
    frame.collectAsList();
    return SparkPlans.metric(frame, "images");
  }

  /** Creates a view over several files; one task reads more than one of them. */
  void files(Path directory, String name, String sql) {
    String folder = directory.resolve(name).toString();
    spark.sql(sql).repartition(8).write().parquet(folder);
    spark.read().parquet(folder).createOrReplaceTempView(name);
  }

  String plan(String sql) {
    return spark.sql(sql).queryExecution().executedPlan().toString();
  }
}
