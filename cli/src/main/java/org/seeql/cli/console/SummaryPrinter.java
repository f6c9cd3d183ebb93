package org.seeql.cli.console;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.seeql.job.FrequentFailure;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.StatementResult.Novelty;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.StatementResult.TrainingSummary;
import org.seeql.planner.statement.TableName;

/** Prints the summary of a run. */
public final class SummaryPrinter {
  private static final String STEP = "infer.";
  private static final String FAILED = "failed";

  private final Channel channel;
  private final String program;
  private final List<String> databaseArguments;

  /**
   * Prints to a channel.
   *
   * @param program the word by which the user calls SeeQL
   * @param databaseArguments the arguments that select the same database in another command
   */
  public SummaryPrinter(Channel channel, String program, List<String> databaseArguments) {
    this.channel = channel;
    this.program = program;
    this.databaseArguments = List.copyOf(databaseArguments);
  }

  public void print(RunSummary run) {
    printRun(run);
    String arguments = String.join(" ", databaseArguments);
    String report = program + " report " + run.runId() + " " + arguments;
    channel.println(line("report", channel.paint(Style.CYAN, report.strip())));
  }

  /** Prints the failed images of a run, or nothing if there are none. */
  public void printFailures(RunSummary run) {
    if (run.failed() > 0) {
      channel.println(
          channel.paint(Style.YELLOW, "!") + " run " + run.runId() + ": failed: " + failures(run));
      run.failures().forEach(failure -> channel.println(line("", reason(failure))));
    }
  }

  private void printRun(RunSummary run) {
    boolean clean = run.failed() == 0;
    channel.println(
        channel.paint(clean ? Style.GREEN : Style.YELLOW, clean ? "✓" : "!")
            + " "
            + channel.paint(Style.BOLD, "run " + run.runId())
            + String.format(
                Locale.ROOT,
                ": %,d %s through %s in %s",
                run.images(),
                run.images() == 1 ? "image" : "images",
                run.model(),
                seconds(run.times().total()))
            + speed(run));
    lines(run)
        .forEach(
            (label, text) -> {
              channel.println(line(label, text));
              if (label.equals(FAILED)) {
                run.failures().forEach(failure -> channel.println(line("", reason(failure))));
              }
            });
  }

  private static String reason(FrequentFailure failure) {
    return String.format(Locale.ROOT, "%,d × %s", failure.images(), failure.text());
  }

  private static String speed(RunSummary run) {
    return run.inferred() == 0
        ? ""
        : String.format(Locale.ROOT, " (%.1f img/s while inferring)", run.imagesPerSecond());
  }

  /** Prints the summary and the findings. An evaluation has no report page with pictures. */
  public void print(EvaluationSummary evaluation) {
    printRun(evaluation.run());
    evaluation.findings().forEach((label, text) -> channel.println(line(label, text)));
  }

  /** Prints the summary and the findings. Features have no report page with pictures. */
  public void print(TrainingSummary training) {
    printRun(training.run());
    training.findings().forEach((label, text) -> channel.println(line(label, text)));
  }

  /** Prints the summary, and compares the plan's estimates with the actual values. */
  public void print(FindSummary find) {
    print(find.run());
    find.report().tree().lines().forEach(text -> channel.println("  " + text));
    find.report().totals().forEach(text -> channel.println("  " + text));
  }

  private Map<String, String> lines(RunSummary run) {
    Map<String, String> lines = new LinkedHashMap<>();
    run.novelty().ifPresent(novelty -> lines.put("new", novelty(run, novelty)));
    run.novelty()
        .filter(novelty -> novelty.skipped() > 0)
        .ifPresent(novelty -> lines.put("skipped", skipped(novelty)));
    lines.put(FAILED, failures(run));
    lines.put("rows", rows(run));
    lines.put("stages", stages(run.stages()));
    String steps = steps(run.stages());
    if (!steps.isEmpty()) {
      lines.put("infer", steps + " (sums over threads)");
    }
    lines.put("model", model(run));
    return lines;
  }

  private static String novelty(RunSummary run, Novelty novelty) {
    long selected = run.images() + novelty.leftOut() + novelty.skipped();
    String target = run.target().map(TableName::toString).orElse("the target");
    String others =
        novelty.others().isEmpty()
            ? ""
            : ", and other answers: " + String.join("; ", novelty.others());
    return String.format(
        Locale.ROOT,
        "%,d of %,d images; %s had %,d%s",
        run.images(),
        selected,
        target,
        novelty.leftOut(),
        others);
  }

  private String skipped(Novelty novelty) {
    return channel.paint(
        Style.YELLOW,
        String.format(
            Locale.ROOT,
            "%,d %s in %d or more runs with the same file: repair the files, or retry with a "
                + "greater --max_attempts: SELECT path, attempts, reason FROM seeql.failed_images",
            novelty.skipped(),
            novelty.skipped() == 1 ? "image failed" : "images failed",
            novelty.maxAttempts()));
  }

  private String failures(RunSummary run) {
    if (run.failed() == 0) {
      return "none";
    }
    return channel.paint(
        Style.RED,
        String.format(Locale.ROOT, "%,d %s", run.failed(), run.failed() == 1 ? "image" : "images")
            + ": SELECT path, stage, reason FROM seeql.run_failures WHERE run_id = '"
            + run.runId()
            + "'");
  }

  private static String rows(RunSummary run) {
    return String.format(Locale.ROOT, "%,d", run.rows())
        + run.target().map(TableName::toString).map(t -> " in " + t).orElse("");
  }

  private static String stages(Map<String, Duration> stages) {
    return stages.entrySet().stream()
        .filter(e -> !e.getKey().contains("."))
        .map(e -> e.getKey() + " " + seconds(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The steps of inference run concurrently, so their sum exceeds the duration of the stage. */
  private static String steps(Map<String, Duration> stages) {
    return stages.entrySet().stream()
        .filter(e -> e.getKey().startsWith(STEP))
        .map(e -> e.getKey().substring(STEP.length()) + " " + seconds(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String model(RunSummary run) {
    String skipped =
        run.skippedPartitions() == 0 ? "" : " (" + run.skippedPartitions() + " committed earlier)";
    if (run.inferred() == 0) {
      return "not used: there was no image to infer" + skipped;
    }
    return String.join(
        ", ",
        List.of(
            run.execution().engine() + " on " + run.execution().device(),
            "batches of at most " + run.execution().batchSize(),
            run.partitions() + (run.partitions() == 1 ? " partition" : " partitions") + skipped));
  }

  private String line(String label, String text) {
    return "  " + channel.paint(Style.DIM, String.format(Locale.ROOT, "%-8s", label)) + text;
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toNanos() / 1e9);
  }
}
