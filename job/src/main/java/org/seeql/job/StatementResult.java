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
import org.seeql.job.find.FindReport;
import org.seeql.planner.statement.TableName;

/** What came of a statement. */
public sealed interface StatementResult {

  /** The result of a statement that the database itself executed. */
  static StatementResult of(SessionResult result) {
    return result instanceof SessionResult.Query query
        ? Rows.of(query)
        : new Update(((SessionResult.Update) result).count());
  }

  /**
   * Rows of a query. The rows are read once and closed by whoever asked for them.
   *
   * @param columns their labels, in order
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

  /** A statement of the database that changed so many rows. */
  record Update(long count) implements StatementResult {}

  /** A statement that has nothing to show but that it is done. */
  record Done(String message) implements StatementResult {
    public Done {
      requireNonNull(message, "message is null");
    }
  }

  /** SHOW MODELS, by name. */
  record ModelTable(List<ModelLine> models) implements StatementResult {
    public ModelTable {
      models = List.copyOf(models);
    }
  }

  /**
   * A model of SHOW MODELS.
   *
   * @param input width x height, as {@code 640x640}
   */
  record ModelLine(
      String name,
      int version,
      String task,
      String layout,
      String engine,
      String input,
      int classes,
      Instant created) {}

  /**
   * DESCRIBE MODEL: what there is to say, in order.
   *
   * @param properties what it is called and what it is
   */
  record ModelDetails(String name, Map<String, String> properties) implements StatementResult {
    public ModelDetails {
      properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
  }

  /**
   * A run that is through.
   *
   * @param model its name
   * @param target the table that was written; empty where the statement names none
   * @param images how many were selected, but for those that were left out
   * @param done how many got an answer; the rest failed
   * @param rows rows written into the target
   * @param total from the statement's start to its end
   * @param stages how long each stage took, in the order of {@link RunListener#stage}; after {@code
   *     infer} its steps, each the time of all threads together: {@code infer.read}, {@code
   *     infer.decode}, {@code infer.model}, {@code infer.postprocess}, {@code infer.write}
   * @param partitions into how many the selection was cut
   * @param skippedPartitions how many were committed before this (resumed) run began
   * @param inferred how many of the images were not committed before this
   * @param batchSize the largest batch that the model was given
   * @param novelty what was left out because the target has it; of a run with {@code only_new}
   * @param predictions where there is no target, the rows that would be in it; closed by the caller
   */
  record RunSummary(
      String runId,
      String statement,
      String model,
      Optional<TableName> target,
      long images,
      long done,
      long failed,
      long rows,
      Duration total,
      Map<String, Duration> stages,
      int partitions,
      int skippedPartitions,
      long inferred,
      int batchSize,
      String engine,
      String device,
      Optional<Novelty> novelty,
      Optional<Rows> predictions)
      implements StatementResult {
    public RunSummary {
      requireNonNull(runId, "runId is null");
      requireNonNull(statement, "statement is null");
      requireNonNull(target, "target is null");
      requireNonNull(novelty, "novelty is null");
      requireNonNull(predictions, "predictions is null");
      stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
    }

    /** Images a second while models ran; 0 where no image was left to infer. */
    public double imagesPerSecond() {
      Duration infer = stages.getOrDefault("infer", Duration.ZERO);
      return infer.isZero() ? 0 : inferred * 1e9 / infer.toNanos();
    }
  }

  /**
   * What a run with {@code only_new} did not do.
   *
   * @param leftOut images of the SELECT that the target had
   * @param skipped images of the SELECT that failed in {@code maxAttempts} runs or more and whose
   *     files have not changed since
   * @param maxAttempts as the option says
   * @param others what else was asked about images of the target: other models and versions, whose
   *     images count as new
   */
  record Novelty(long leftOut, long skipped, int maxAttempts, List<String> others) {
    public Novelty {
      others = List.copyOf(others);
    }
  }

  /**
   * An evaluation that is through.
   *
   * @param run with the evaluation's target; its predictions are a row a class that the model
   *     knows, and one for all
   * @param findings what else there is to say, by a word for each line, in order
   */
  record EvaluationSummary(RunSummary run, Map<String, String> findings)
      implements StatementResult {
    public EvaluationSummary {
      requireNonNull(run, "run is null");
      findings = Collections.unmodifiableMap(new LinkedHashMap<>(findings));
    }
  }

  /**
   * A run of TO FIND that is through.
   *
   * @param report what the plan was expected to do, and what it did
   */
  record FindSummary(RunSummary run, FindReport report) implements StatementResult {
    public FindSummary {
      requireNonNull(run, "run is null");
      requireNonNull(report, "report is null");
    }
  }

  /**
   * How a statement would be carried out.
   *
   * @param text for people
   * @param document the same for machines: maps, lists, texts and numbers; what is undefined is
   *     null
   */
  record Explanation(String text, Map<String, Object> document) implements StatementResult {
    public Explanation {
      requireNonNull(text, "text is null");
      document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }
  }
}
