package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.bench.chart.Chart;
import org.seeql.job.StatementResult.RunSummary;

/**
 * The thesis's grid of partitions and batch sizes, with exact batches. In the thesis, the slowest
 * run took 4.65 times as long as the fastest (Table 4.3). Here neither parameter should affect the
 * speed or the result.
 */
final class GridBench {
  private static final int[] PARTITIONS = {2, 4, 8, 16};
  private static final int[] BATCHES = {8, 32, 64, 128};

  // all columns except those that identify the run and its rows: run_id and seeql_id
  private static final String FINGERPRINT =
      """
      SELECT CAST(CONCAT(COUNT(*), ' rows, ', COALESCE(SUM(CRC32(CONCAT_WS(',', image_id,
      file_name, detection, class_id, label, score, x_min, y_min, x_max, y_max, model))), 0))
      AS CHAR) FROM bench.grid""";

  private final Setting setting;
  private final Report report;

  GridBench(Setting setting, Report report) {
    this.setting = setting;
    this.report = report;
  }

  /**
   * Measures all combinations, prints them, and draws the times as Figure 4.2.
   *
   * @param figures the folder of the figure
   */
  void run(int images, Path figures) throws IOException {
    report.heading(
        "%,d images by partitions and batch size".formatted(images),
        "partitions",
        "batch size",
        "largest batch used",
        "seconds",
        "img/s",
        "result");
    Chart chart = chart(images);
    List<Double> rates = new ArrayList<>();
    List<String> results = new ArrayList<>();
    try (BenchSession session = setting.session(images)) {
      measure(session, 2, 8);
      for (int partitions : PARTITIONS) {
        double[] seconds = new double[BATCHES.length];
        for (int i = 0; i < BATCHES.length; i++) {
          RunSummary run = measure(session, partitions, BATCHES[i]);
          String result = session.value(FINGERPRINT);
          double rate = run.imagesPerSecond();
          seconds[i] = images / rate;
          rates.add(rate);
          results.add(result);
          report.row(partitions, BATCHES[i], run.execution().batchSize(), seconds[i], rate, result);
        }
        chart.lines(series(partitions), seconds);
      }
    }
    Files.writeString(figures.resolve("figure_4_2.svg"), chart.svg());
    double fastest = rates.stream().mapToDouble(r -> r).max().orElseThrow();
    double slowest = rates.stream().mapToDouble(r -> r).min().orElseThrow();
    report.row("fastest / slowest", "", "", "", fastest / slowest, "");
    report.row("different results", "", "", "", results.stream().distinct().count(), "");
  }

  private static Chart chart(int images) {
    return new Chart(
        "Figure 4.2: run time of %,d images by batch size".formatted(images),
        "seconds",
        IntStream.of(BATCHES).mapToObj(String::valueOf).toList(),
        IntStream.of(PARTITIONS).mapToObj(GridBench::series).toList(),
        0,
        0,
        Double.POSITIVE_INFINITY);
  }

  private static String series(int partitions) {
    return partitions + " partitions";
  }

  private RunSummary measure(BenchSession session, int partitions, int batch) {
    return session.run(
        "SELECT * FROM bench.images TO RUN bench CMD %s, \"--partitions=%d\", \"--batch_size=%d\", \"--exact_batch=true\" INTO bench.grid"
            .formatted(setting.command(), partitions, batch));
  }
}
