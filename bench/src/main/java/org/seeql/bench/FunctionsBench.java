package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.seeql.spark.frame.DetectOptions;
import org.seeql.spark.frame.Seeql;

/**
 * Compares TO RUN with Spark SQL's function {@code detect} and with {@code Seeql.detect}, over the
 * same images and with the same model. Each is measured as a whole statement, in turns.
 */
final class FunctionsBench {
  private static final int ROUNDS = 3;

  private final Setting setting;
  private final Report report;

  FunctionsBench(Setting setting, Report report) {
    this.setting = setting;
    this.report = report;
  }

  void run(int images) throws IOException {
    report.heading(
        "Functions and TO RUN over %,d images".formatted(images), "what", "img/s", "of TO RUN");
    List<Double> run = new ArrayList<>();
    List<Double> function = new ArrayList<>();
    List<Double> frame = new ArrayList<>();
    List<String> paths = setting.images(images).stream().map(Path::toString).toList();
    try (BenchSession session = setting.session(images)) {
      SparkSession spark = session.spark();
      Dataset<Row> rows =
          spark
              .createDataset(paths, Encoders.STRING())
              .repartition(2 * setting.cores())
              .toDF("path")
              .cache();
      rows.createOrReplaceTempView("paths");
      for (int round = 0; round <= ROUNDS; round++) {
        boolean warm = round > 0;
        add(run, warm, images, () -> run(session));
        add(
            function,
            warm,
            images,
            () -> drain(spark.sql("SELECT detect(path, 'bench') FROM paths")));
        add(
            frame,
            warm,
            images,
            () -> drain(Seeql.on(spark).detect(rows, DetectOptions.model("bench"))));
      }
    }
    report.row("TO RUN, from the SQL text to the result table", median(run), 1.0);
    report.row("SELECT detect(path)", median(function), median(function) / median(run));
    report.row("Seeql.on(spark).detect(…)", median(frame), median(frame) / median(run));
  }

  private void run(BenchSession session) {
    session.run(
        "SELECT * FROM bench.images TO RUN bench CMD %s INTO bench.found"
            .formatted(setting.command()));
  }

  private static void drain(Dataset<Row> frame) {
    frame.write().format("noop").mode("overwrite").save();
  }

  private static void add(List<Double> rates, boolean warm, int images, Runnable work) {
    long start = System.nanoTime();
    work.run();
    if (warm) {
      rates.add(images * 1e9 / (System.nanoTime() - start));
    }
  }

  private static double median(List<Double> rates) {
    return rates.stream().sorted().toList().get(rates.size() / 2);
  }
}
