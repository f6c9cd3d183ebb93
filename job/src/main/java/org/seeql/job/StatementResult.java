package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.jdbc.RowStream;
import org.seeql.database.jdbc.SessionResult;
import org.seeql.database.ledger.ListedRun;
import org.seeql.job.find.FindReport;
import org.seeql.planner.statement.TableName;

/** The result of a statement. */
public sealed interface StatementResult {

  /** The result of a statement that the database executed. */
  static StatementResult of(SessionResult result) {
    return result instanceof SessionResult.Query query
        ? Rows.of(query)
        : new Update(((SessionResult.Update) result).count());
  }

  /**
   * Rows of a query. They can be read once; the caller closes them.
   *
   * @param columns the column labels, in order
   */
  record Rows(List<String> columns, RowStream rows) implements StatementResult, AutoCloseable {
    public Rows {
      columns = List.copyOf(columns);
      requireNonNull(rows, "rows is null");
    }

    public static Rows of(SessionResult.Query query) {
      return new Rows(query.columns(), query.rows());
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  /** A database statement that changed {@code count} rows. */
  record Update(long count) implements StatementResult {}

  /** A statement that succeeded and has no other result. */
  record Done(String message) implements StatementResult {
    public Done {
      requireNonNull(message, "message is null");
    }
  }

  /** The result of SHOW RUNS, the newest run first. */
  record RunTable(List<ListedRun> runs) implements StatementResult {
    public RunTable {
      runs = List.copyOf(runs);
    }
  }

  /** The result of SHOW MODELS, sorted by name. */
  record ModelTable(List<ModelLine> models) implements StatementResult {
    public ModelTable {
      models = List.copyOf(models);
    }
  }

  /**
   * A row of SHOW MODELS.
   *
   * @param input width x height, such as {@code 640x640}
   * @param base the model and version of which the model is a variation; empty for other models
   */
  record ModelLine(
      String name,
      int version,
      String task,
      String layout,
      String engine,
      String input,
      int classes,
      Optional<String> base,
      Instant created) {}

  /**
   * The result of DESCRIBE MODEL, in display order.
   *
   * @param properties labels and values
   */
  record ModelDetails(String name, Map<String, String> properties) implements StatementResult {
    public ModelDetails {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
  }

  /**
   * A run that succeeded.
   *
   * @param model the name of the model
   * @param target the table that was written; empty if the statement names none
   * @param failures the most frequent reasons of failed images, the most frequent one first
   * @param novelty for a run with {@code only_new}: what was left out because the target has it
   * @param predictions if there is no target, the rows that it would contain; the caller closes
   *     them
   */
  record RunSummary(
      String runId,
      String statement,
      String model,
      Optional<TableName> target,
      Counts counts,
      Times times,
      Execution execution,
      List<FrequentFailure> failures,
      Optional<Novelty> novelty,
      Optional<Rows> predictions)
      implements StatementResult {
    public RunSummary {
      failures = List.copyOf(failures);
      requireNonNull(runId, "runId is null");
      requireNonNull(statement, "statement is null");
      requireNonNull(model, "model is null");
      requireNonNull(target, "target is null");
      requireNonNull(counts, "counts is null");
      requireNonNull(times, "times is null");
      requireNonNull(execution, "execution is null");
      requireNonNull(novelty, "novelty is null");
      requireNonNull(predictions, "predictions is null");
    }

    public long images() {
      return counts.images();
    }

    public long done() {
      return counts.done();
    }

    public long failed() {
      return counts.failed();
    }

    public long rows() {
      return counts.rows();
    }

    public long inferred() {
      return counts.inferred();
    }

    public Map<String, Duration> stages() {
      return times.stages();
    }

    public int partitions() {
      return execution.partitions();
    }

    public int skippedPartitions() {
      return execution.skippedPartitions();
    }

    /** Images per second while models ran; 0 if there was no image to infer. */
    public double imagesPerSecond() {
      Duration infer = stages().getOrDefault("infer", Duration.ZERO);
      return infer.isZero() ? 0 : inferred() * 1e9 / infer.toNanos();
    }
  }

  /**
   * The images and rows of a run.
   *
   * @param images number of selected images, without those that were left out
   * @param done number of images that were answered; the others failed
   * @param rows rows written into the target
   * @param inferred number of images that were not committed before this run started
   */
  record Counts(long images, long done, long failed, long rows, long inferred) {}

  /**
   * The durations of a run.
   *
   * @param total time from the start of the statement to its end
   * @param stages duration of each stage, in the order of {@link RunListener#stage}. The steps of
   *     {@code infer} follow it, each summed over all threads: {@code infer.read}, {@code
   *     infer.decode}, {@code infer.model}, {@code infer.postprocess}, {@code infer.write}
   */
  record Times(Duration total, Map<String, Duration> stages) {
    public Times {
      requireNonNull(total, "total is null");
      stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }
  }

  /**
   * How the images of a run were processed.
   *
   * @param batchSize the largest batch that the model received
   * @param partitions number of partitions of the selection
   * @param skippedPartitions number of partitions that were committed before this (resumed) run
   *     started
   */
  record Execution(
      String engine, String device, int batchSize, int partitions, int skippedPartitions) {}

  /**
   * What a run with {@code only_new} left out.
   *
   * @param leftOut images of the SELECT that the target already had
   * @param skipped images of the SELECT that failed in at least {@code maxAttempts} runs and whose
   *     files have not changed since
   * @param maxAttempts the value of the option
   * @param others other models and versions that answered images of the target; the images that
   *     only they answered count as new
   */
  record Novelty(long leftOut, long skipped, int maxAttempts, List<String> others) {
    public Novelty {
      others = List.copyOf(others);
    }
  }

  /**
   * An evaluation that succeeded.
   *
   * @param run the run, with the evaluation's target; its predictions are one row per class that
   *     the model knows, and one row for all classes
   * @param findings further results: a label for each line, in order
   */
  record EvaluationSummary(RunSummary run, Map<String, String> findings)
      implements StatementResult {
    public EvaluationSummary {
      requireNonNull(run, "run is null");
      findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }
  }

  /**
   * A training that succeeded.
   *
   * @param run the run that computed the features; its predictions are one row per class
   * @param findings about the trained model: a label for each line, in order
   */
  record TrainingSummary(RunSummary run, Map<String, String> findings) implements StatementResult {
    public TrainingSummary {
      requireNonNull(run, "run is null");
      findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }
  }

  /**
   * A run of TO FIND that succeeded.
   *
   * @param report the plan's estimates and the actual results
   */
  record FindSummary(RunSummary run, FindReport report) implements StatementResult {
    public FindSummary {
      requireNonNull(run, "run is null");
      requireNonNull(report, "report is null");
    }
  }

  /**
   * How a statement would be executed.
   *
   * @param text for people
   * @param document the same for programs: maps, lists, strings and numbers; undefined values are
   *     null
   */
  record Explanation(String text, Map<String, Object> document) implements StatementResult {
    public Explanation {
      requireNonNull(text, "text is null");
      document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }
  }
}
