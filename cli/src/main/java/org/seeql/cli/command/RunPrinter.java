package org.seeql.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.cli.command.FigureSource.Figures;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.RowFormat;
import org.seeql.cli.console.Style;
import org.seeql.database.ledger.RunFigures;
import org.seeql.launcher.cluster.RunStatus;
import org.seeql.launcher.cluster.TaskStatus;
import org.seeql.launcher.cluster.TaskStatus.Waiting;
import org.seeql.launcher.cluster.WorkflowSummary;

/** Prints runs of a cluster: rows or JSON on standard output, messages on standard error. */
final class RunPrinter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WIDEST_WORDS = 48;
  private static final int WIDEST_MESSAGE = 60;

  private static final List<String> RUN_COLUMNS =
      List.of("run", "program", "phase", "progress", "age", "duration");
  private static final List<String> TASK_COLUMNS =
      List.of("#", "statement", "phase", "Spark", "images", "failed", "img/s", "message");

  private final Console console;
  private final RowFormat format;

  RunPrinter(Console console, RowFormat format) {
    this.console = console;
    this.format = format;
  }

  void print(List<WorkflowSummary> runs, Instant now) {
    if (format.isJson()) {
      List<ObjectNode> documents = runs.stream().map(RunPrinter::document).toList();
      print(documents, format, console.out());
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (WorkflowSummary run : runs) {
      rows.add(
          List.of(
              run.run(),
              cut(run.program(), WIDEST_WORDS),
              run.phase(),
              run.progress(),
              run.created().map(at -> DurationText.of(Duration.between(at, now))).orElse(""),
              run.duration(now).map(DurationText::of).orElse("")));
    }
    format.on(console.out()).print(RUN_COLUMNS, rows.iterator());
  }

  /**
   * Prints a run and its statements.
   *
   * @param causes the failure messages of statements, by statement number
   */
  void print(RunStatus status, Figures figures, Map<Integer, String> causes, Instant now) {
    if (format.isJson()) {
      console.out().println(text(document(status, figures, causes)));
      return;
    }
    Channel err = console.err();
    if (format == RowFormat.TABLE) {
      err.println(headline(err, status, now));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (TaskStatus task : status.tasks()) {
      rows.add(row(task, figures.of(task.statement())));
    }
    format.on(console.out()).print(TASK_COLUMNS, rows.iterator());
    if (format == RowFormat.TABLE) {
      Channel messages = console.messages();
      messages.println(messages.paint(Style.DIM, figures.source()));
    }
    for (TaskStatus task : status.tasks()) {
      task.waiting()
          .ifPresent(
              waiting ->
                  err.println(
                      err.paint(Style.YELLOW, "statement " + task.statement() + ": ") + waiting));
    }
    causes.forEach(
        (statement, cause) ->
            err.println(err.paint(Style.RED, "statement " + statement + ": ") + cause));
  }

  static String headline(Channel channel, RunStatus status, Instant now) {
    WorkflowSummary run = status.summary();
    Style style = run.hasSucceeded() ? Style.GREEN : run.hasEnded() ? Style.RED : Style.YELLOW;
    StringBuilder line = new StringBuilder(channel.paint(Style.BOLD, run.run()));
    line.append(' ').append(channel.paint(style, run.phase()));
    if (!run.progress().isEmpty()) {
      line.append(", ").append(run.progress()).append(" steps");
    }
    run.duration(now).ifPresent(duration -> line.append(", ").append(DurationText.of(duration)));
    if (!status.message().isEmpty()) {
      line.append(": ").append(status.message());
    }
    return line.toString();
  }

  private static List<Object> row(TaskStatus task, Optional<RunFigures> figures) {
    return List.of(
        task.statement(),
        cut(task.words(), WIDEST_WORDS),
        task.phase(),
        spark(task),
        figures.flatMap(RunFigures::progress).orElse(""),
        figures.<Object>map(RunFigures::failed).orElse(""),
        figures
            .filter(f -> f.imagesPerSecond().isPresent())
            .<Object>map(f -> String.format(Locale.ROOT, "%.1f", f.imagesPerSecond().getAsDouble()))
            .orElse(""),
        cut(message(task, figures), WIDEST_MESSAGE));
  }

  private static String spark(TaskStatus task) {
    String executors =
        task.executors() == 0
            ? ""
            : task.executors() + (task.executors() == 1 ? " executor" : " executors");
    return task.spark()
        .map(state -> executors.isEmpty() ? state : state + ", " + executors)
        .orElse(executors);
  }

  private static String message(TaskStatus task, Optional<RunFigures> figures) {
    return figures
        .map(RunFigures::error)
        .filter(e -> !e.isEmpty())
        .or(() -> task.waiting().map(Waiting::toString))
        .orElse(task.message());
  }

  private static String cut(String words, int width) {
    String line = words.replaceAll("\\s+", " ").strip();
    int points = line.codePointCount(0, line.length());
    return points <= width ? line : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static ObjectNode document(WorkflowSummary run) {
    ObjectNode document = JSON.createObjectNode();
    document.put("run", run.run());
    document.put("program", run.program());
    document.put("phase", run.phase());
    document.put("progress", run.progress());
    document.put("created", run.created().map(Instant::toString).orElse(null));
    document.put("started", run.started().map(Instant::toString).orElse(null));
    document.put("finished", run.finished().map(Instant::toString).orElse(null));
    return document;
  }

  static ObjectNode document(RunStatus status, Figures figures, Map<Integer, String> causes) {
    ObjectNode document = document(status.summary());
    document.put("message", status.message());
    document.put("cancelled", status.isStopped());
    document.put("source", figures.source());
    ArrayNode tasks = document.putArray("statements");
    for (TaskStatus task : status.tasks()) {
      ObjectNode node = tasks.addObject();
      node.put("statement", task.statement());
      node.put("words", task.words());
      node.put("phase", task.phase());
      node.put("spark", task.spark().orElse(null));
      node.put("executors", task.executors());
      node.put("started", task.started().map(Instant::toString).orElse(null));
      node.put("finished", task.finished().map(Instant::toString).orElse(null));
      figures
          .of(task.statement())
          .ifPresent(
              found -> {
                found.selected().ifPresent(images -> node.put("images", images));
                node.put("done", found.done());
                node.put("failed", found.failed());
                found.imagesPerSecond().ifPresent(rate -> node.put("images_per_second", rate));
              });
      node.put("message", message(task, figures.of(task.statement())));
      node.put("cause", causes.get(task.statement()));
    }
    return document;
  }

  /** Prints documents as one array, or as one line each. */
  static void print(List<ObjectNode> documents, RowFormat format, Channel out) {
    if (format == RowFormat.JSON) {
      out.println(text(documents));
    } else {
      documents.forEach(document -> out.println(text(document)));
    }
  }

  static String text(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a JSON document", e);
    }
  }
}
