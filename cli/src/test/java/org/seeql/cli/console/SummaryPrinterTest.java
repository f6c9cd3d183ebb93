package org.seeql.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.seeql.job.FrequentFailure;
import org.seeql.job.StatementResult;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.StatementResult.Novelty;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.launcher.cluster.LoggedFigures;
import org.seeql.planner.statement.TableName;

class SummaryPrinterTest {
  private final Capture capture = new Capture();

  @Test
  void printsTheResultOfARun() {
    new SummaryPrinter(capture.pipe(), "seeql", List.of("--data-dir", "d")).print(run(200, 0, 0));

    assertThat(capture.text())
        .isEqualTo(
            """
            ✓ run 20261122-1: 200 images through sentinel in 5.25 s (50.0 img/s while inferring)
              failed  none
              rows    1,234 in demo.objects
              stages  plan 0.25 s, infer 4.00 s
              infer   decode 1.00 s, model 6.00 s (sums over threads)
              model   onnx on cpu, batches of at most 8, 4 partitions
              report  seeql report 20261122-1 --data-dir d
            """);
  }

  @Test
  void printsHowToListTheFailures() {
    new SummaryPrinter(capture.pipe(), "seeql", List.of()).print(run(1, 1, 3));

    assertThat(capture.text())
        .startsWith(
            "! run 20261122-1: 1 image through sentinel in 5.25 s (0.3 img/s while inferring)\n")
        .contains(
            "  failed  1 image: SELECT path, stage, reason FROM seeql.run_failures WHERE run_id ="
                + " '20261122-1'\n"
                + "          1,200 × read: There is no such file: /a/b.jpg\n"
                + "          1 × decode: The file is empty, for example 'c.png'\n")
        .contains("4 partitions (3 committed earlier)\n");
  }

  @Test
  void printsFailuresWithoutASummary() {
    SummaryPrinter printer = new SummaryPrinter(capture.pipe(), "seeql", List.of());

    printer.printFailures(run(5, 0, 0));
    printer.printFailures(run(5, 2, 0));

    assertThat(capture.text())
        .isEqualTo(
            "! run 20261122-1: failed: 2 images: SELECT path, stage, reason FROM seeql.run_failures WHERE"
                + " run_id = '20261122-1'\n"
                + "          1,200 × read: There is no such file: /a/b.jpg\n"
                + "          1 × decode: The file is empty, for example 'c.png'\n");
  }

  @Test
  void canBeReadFromALogOfACluster() {
    new SummaryPrinter(capture.terminal(90), "seeql", List.of()).print(run(1234, 56, 0));

    assertThat(LoggedFigures.of(capture.text()))
        .contains(new LoggedFigures(1234, 1234, 56, OptionalDouble.of(308.5)));
  }

  @Test
  void printsTheFindingsOfAnEvaluation() {
    Map<String, String> findings = new LinkedHashMap<>();
    findings.put("quality", "mAP@0.5 0.9722");
    findings.put("cost", "9.80 ms per image");

    new SummaryPrinter(capture.pipe(), "seeql", List.of())
        .print(new EvaluationSummary(run(200, 0, 0), findings));

    assertThat(capture.text())
        .endsWith(
            """
              model   onnx on cpu, batches of at most 8, 4 partitions
              quality mAP@0.5 0.9722
              cost    9.80 ms per image
            """);
  }

  @Test
  void printsTheNumberOfNewImagesAndOtherContentOfTheTarget() {
    Novelty novelty = new Novelty(1_200, 0, 3, List.of("sentinel version 1"));

    new SummaryPrinter(capture.pipe(), "seeql", List.of())
        .print(run(3, 0, 0, Optional.of(novelty)));

    assertThat(capture.text())
        .contains(
            "  new     3 of 1,203 images; demo.objects had 1,200, and other answers: sentinel version 1\n");
  }

  @Test
  void printsTheNumberOfSkippedImagesAndHowToRetryThem() {
    Novelty novelty = new Novelty(90, 5, 3, List.of());

    new SummaryPrinter(capture.pipe(), "seeql", List.of())
        .print(run(0, 0, 0, Optional.of(novelty)));

    assertThat(capture.text())
        .contains(
            """
              new     0 of 95 images; demo.objects had 90
              skipped 5 images failed in 3 or more runs with the same file: repair the files, or retry with a greater --max_attempts: SELECT path, attempts, reason FROM seeql.failed_images
            """);
  }

  private static RunSummary run(long images, long failed, int skipped) {
    return run(images, failed, skipped, Optional.empty());
  }

  private static RunSummary run(long images, long failed, int skipped, Optional<Novelty> novelty) {
    Map<String, Duration> stages = new LinkedHashMap<>();
    stages.put("plan", Duration.ofMillis(250));
    stages.put("infer", Duration.ofSeconds(4));
    stages.put("infer.decode", Duration.ofSeconds(1));
    stages.put("infer.model", Duration.ofSeconds(6));
    return new RunSummary(
        "20261122-1",
        "SELECT 1",
        "sentinel",
        Optional.of(TableName.of("demo", "objects")),
        new StatementResult.Counts(images, images - failed, failed, 1_234, images),
        new StatementResult.Times(Duration.ofMillis(5_250), stages),
        new StatementResult.Execution("onnx", "cpu", 8, 4, skipped),
        failed == 0
            ? List.of()
            : List.of(
                new FrequentFailure(1_200, "read", "There is no such file: /a/b.jpg", "b.jpg"),
                new FrequentFailure(1, "decode", "The file is empty", "c.png")),
        novelty,
        Optional.empty());
  }
}
