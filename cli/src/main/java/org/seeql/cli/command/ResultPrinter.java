package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.JsonDocument;
import org.seeql.cli.console.RowFormat;
import org.seeql.cli.console.RowPrinter;
import org.seeql.cli.console.Style;
import org.seeql.cli.console.SummaryPrinter;
import org.seeql.cli.console.TablePrinter;
import org.seeql.cli.console.TablePrinter.Layout;
import org.seeql.job.StatementResult;
import org.seeql.job.StatementResult.Done;
import org.seeql.job.StatementResult.EvaluationSummary;
import org.seeql.job.StatementResult.Explanation;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.StatementResult.ModelDetails;
import org.seeql.job.StatementResult.ModelTable;
import org.seeql.job.StatementResult.Rows;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.StatementResult.RunTable;
import org.seeql.job.StatementResult.TrainingSummary;
import org.seeql.job.StatementResult.Update;

/** Prints the result of a statement: rows as data, everything else as messages. */
final class ResultPrinter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RowPrinter rowPrinter;
  private final Channel messages;

  /** The channel of warnings that also a quiet command prints; empty if all is printed. */
  private final Optional<Channel> warnings;

  private final String program;
  private final Channel out;
  private final RowFormat format;
  private final boolean countsRows;
  private final List<String> databaseArguments;
  private final Optional<JsonDocument> document;
  private int statement;
  private Layout layout = Layout.AUTOMATIC;

  /**
   * Prints to a console.
   *
   * @param databaseArguments the arguments that select the same database in another command
   */
  ResultPrinter(Console console, RowFormat format, List<String> databaseArguments) {
    this(console, format, format.on(console.out()), databaseArguments, Optional.empty());
  }

  /** Prints to a console. Rows are printed by the given printer, or into the document. */
  ResultPrinter(
      Console console,
      RowFormat format,
      RowPrinter rowPrinter,
      List<String> databaseArguments,
      Optional<JsonDocument> document) {
    this.document = requireNonNull(document, "document is null");
    this.rowPrinter = rowPrinter;
    this.messages = console.messages();
    this.warnings =
        console.messages().equals(console.err()) ? Optional.empty() : Optional.of(console.err());
    this.program = console.program();
    this.out = console.out();
    this.format = format;
    this.countsRows = format == RowFormat.TABLE;
    this.databaseArguments = List.copyOf(databaseArguments);
  }

  /** Like {@link #print}, with one line per value if the rows are printed as a table. */
  void printVertically(StatementResult result) {
    layout = Layout.VERTICAL;
    try {
      print(result);
    } finally {
      layout = Layout.AUTOMATIC;
    }
  }

  /** Prints the result and closes its resources. */
  void print(StatementResult result) {
    statement++;
    if (result instanceof Rows rows) {
      printRows(rows);
    } else if (result instanceof Update update) {
      message(count(update.count(), "row") + " changed");
    } else if (result instanceof Done done) {
      message(done.message());
    } else if (result instanceof ModelTable table) {
      printModels(table);
    } else if (result instanceof RunTable table) {
      printAll(RunsCommand.COLUMNS, RunsCommand.rows(table.runs()).iterator());
    } else if (result instanceof ModelDetails details) {
      printDetails(details);
    } else if (result instanceof RunSummary run) {
      printRun(run);
      summaries().print(run);
    } else if (result instanceof Explanation explanation) {
      explain(explanation);
    } else if (result instanceof FindSummary find) {
      printRun(find.run());
      summaries().print(find);
    } else if (result instanceof EvaluationSummary evaluation) {
      printRun(evaluation.run());
      summaries().print(evaluation);
    } else if (result instanceof TrainingSummary training) {
      printRun(training.run());
      summaries().print(training);
    }
  }

  /** Prints the rows of a run. Without its summary, also its failed images. */
  private void printRun(RunSummary run) {
    run.predictions().ifPresent(this::printRows);
    warnings.ifPresent(
        err -> new SummaryPrinter(err, program, databaseArguments).printFailures(run));
  }

  private SummaryPrinter summaries() {
    return new SummaryPrinter(messages, program, databaseArguments);
  }

  /** Completes the output of a program that has ended well. */
  void finish() {
    document.ifPresent(JsonDocument::finish);
  }

  @Override
  public void close() {
    document.ifPresent(JsonDocument::close);
  }

  private void printRows(Rows rows) {
    try (rows) {
      printAll(rows.columns(), rows.rows());
    }
  }

  private void explain(Explanation explanation) {
    if (!format.isJson()) {
      explanation.text().lines().forEach(out::println);
      return;
    }
    try {
      String plan = JSON.writeValueAsString(explanation.document());
      document.ifPresentOrElse(whole -> whole.addPlan(statement, plan), () -> out.println(plan));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write an explanation as JSON", e);
    }
  }

  private void printModels(ModelTable table) {
    List<List<Object>> rows =
        table.models().stream()
            .map(
                m ->
                    Arrays.<Object>asList(
                        m.name(),
                        m.version(),
                        m.task(),
                        m.layout(),
                        m.engine(),
                        m.input(),
                        m.classes(),
                        m.base().orElse(null),
                        m.created().toString()))
            .toList();
    printAll(
        List.of(
            "name", "version", "task", "layout", "engine", "input", "classes", "base", "created"),
        rows.iterator());
  }

  private void printDetails(ModelDetails details) {
    List<List<Object>> rows =
        details.properties().entrySet().stream()
            .map(p -> Arrays.<Object>asList(p.getKey(), p.getValue()))
            .toList();
    // the classes of a model are longer than a line
    if (layout == Layout.AUTOMATIC) {
      layout = Layout.WRAPPED;
    }
    try {
      printAll(List.of("property", "value"), rows.iterator());
    } finally {
      layout = Layout.AUTOMATIC;
    }
  }

  private void printAll(List<String> columns, Iterator<List<Object>> rows) {
    long printed =
        document.isPresent()
            ? document.get().addRows(statement, columns, rows)
            : rowPrinter().print(columns, rows);
    boolean readerIsGone = out.stream().checkError();
    if (countsRows && !readerIsGone) {
      message("(" + count(printed, "row") + ")");
    }
  }

  private RowPrinter rowPrinter() {
    return format == RowFormat.TABLE && layout != Layout.AUTOMATIC
        ? new TablePrinter(out, layout)
        : rowPrinter;
  }

  private void message(String text) {
    messages.println(messages.paint(Style.DIM, text));
  }

  private static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }
}
