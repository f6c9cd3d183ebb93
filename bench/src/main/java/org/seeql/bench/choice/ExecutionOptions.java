package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.seeql.bench.BenchSession;
import org.seeql.bench.Report;
import picocli.CommandLine.Option;

/** The detector and the photos with which the experiment is executed. */
final class ExecutionOptions {
  @Option(
      names = "--detector",
      paramLabel = "FILE",
      description = "A detector of COCO's 80 classes, ONNX or TorchScript.")
  private Path detector;

  @Option(names = "--detector-options", description = "Its options of CREATE MODEL, as SQL.")
  private String options = "";

  @Option(
      names = "--annotations",
      paramLabel = "FILE",
      description = "The labels of the photos, in COCO's format.")
  private Path annotations;

  @Option(names = "--photos", paramLabel = "FOLDER", description = "The photos.")
  private Path photos;

  @Option(
      names = "--holdout",
      description =
          "Measure the models on every second photo, and execute the queries on the others. "
              + "Default: both on all photos, as in the thesis.")
  private boolean holdout;

  @Option(
      names = "--millis",
      paramLabel = "N",
      description =
          "How many milliseconds one unit of the table's latencies and of the cost limits is. A"
              + " slow detector needs more, because a variation is never faster than its base."
              + " Default: ${DEFAULT-VALUE}")
  private int millis = 1;

  @Option(names = "--cores", description = "Number of cores. Default: all")
  private int cores = Runtime.getRuntime().availableProcessors();

  /** Executes the experiment. Without the files, prints which one is missing. */
  void run(Report report, Path figures, List<Repository.TableRow> rows) throws IOException {
    List<String> missing =
        Stream.of("--detector", "--annotations", "--photos").filter(this::isMissing).toList();
    if (!missing.isEmpty()) {
      System.out.printf(
          "skipped: --execute needs existing files for %s%n", String.join(", ", missing));
      return;
    }
    String measured = holdout ? "image_id % 2 = 0" : "TRUE";
    String queried = holdout ? "image_id % 2 = 1" : "TRUE";
    try (ScratchFolder folder = ScratchFolder.create("seeql-experiment-");
        BenchSession session = new BenchSession(folder.path(), cores)) {
      RealRepository repository = new RealRepository(session);
      repository.load(annotations, photos);
      repository.register(detector, options, rows, millis);
      for (Repository.TableRow row : rows) {
        repository.evaluate(row.name(), measured);
        System.err.println("measured " + row.name());
      }
      measured(report, repository, rows);
      new ExecutedQueries(session, repository, report, figures, queried).run(millis);
    }
  }

  private boolean isMissing(String option) {
    Path path =
        switch (option) {
          case "--detector" -> detector;
          case "--annotations" -> annotations;
          default -> photos;
        };
    return path == null || !Files.exists(path);
  }

  private static void measured(
      Report report, RealRepository repository, List<Repository.TableRow> rows) {
    report.heading(
        "%d models, measured on photos".formatted(rows.size()),
        "model",
        "ms per image",
        "share of correct answers about a class");
    for (List<Object> row : repository.measured()) {
      double correct = ((Number) row.get(2)).doubleValue();
      report.row(
          row.get(0),
          String.format(Locale.ROOT, "%.2f", ((Number) row.get(1)).doubleValue()),
          String.format(Locale.ROOT, "%.4f", correct / ((Number) row.get(3)).doubleValue()));
    }
  }
}
