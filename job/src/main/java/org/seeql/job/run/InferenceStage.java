package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.PartitionBounds;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.Selection;
import org.seeql.job.FrequentFailure;
import org.seeql.job.RunListener;
import org.seeql.job.SessionOptions;
import org.seeql.job.inference.LiveProgress;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.job.inference.PartitionFigures;
import org.seeql.job.inference.PipelineSettings;
import org.seeql.job.inference.PlanCounts;
import org.seeql.job.inference.PredictionSettings;
import org.seeql.job.inference.RunTaskSettings;
import org.seeql.job.sink.ResultSink;
import org.seeql.planner.option.FailureLimit;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.RunOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes the uncommitted partitions of a run. If the connection to the database is lost, Spark's
 * tasks fail quickly. The driver then waits for the database and processes the remaining
 * partitions.
 */
final class InferenceStage {
  private static final Logger LOG = LoggerFactory.getLogger(InferenceStage.class);
  private static final int MAX_ROUNDS = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final Supplier<SparkSession> spark;
  private final SessionOptions options;
  private final RunListener listener;
  private final RunRecord run;
  private final ModelAssignment models;

  InferenceStage(
      DatabaseConnector connector,
      RunOwner owner,
      Supplier<SparkSession> spark,
      SessionOptions options,
      RunListener listener,
      RunRecord run,
      ModelAssignment models) {
    this.connector = requireNonNull(connector, "connector is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.spark = requireNonNull(spark, "spark is null");
    this.options = requireNonNull(options, "options is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.run = requireNonNull(run, "run is null");
    this.models = requireNonNull(models, "models is null");
  }

  /**
   * The outcome of the stage.
   *
   * @param steps duration of each step, summed over all threads
   * @param plan the counts of the plan, if there is one
   */
  record Outcome(
      PartitionRecords.Totals totals,
      int batchSize,
      String engine,
      String device,
      Map<String, Duration> steps,
      PlanCounts plan) {}

  /**
   * Processes the remaining partitions.
   *
   * @param before what was committed before
   */
  Outcome run(Selection.Sizes sizes, PartitionRecords.Totals before) throws Exception {
    long images = sizes.images();
    if (before.committed() < before.partitions()) {
      InferenceJob job = new InferenceJob(spark.get(), work());
      owner.onLoss(job::cancel);
      try (ProgressWatch watch =
          new ProgressWatch(
              run.runId(), sizes, before, run.options().maxFailedImages(), listener, job::cancel)) {
        if (spark.get().sparkContext().isLocal()) {
          watch.watchHere();
        } else {
          watch.watchElsewhere(connector);
        }
        try {
          inRounds(job);
        } catch (Exception e) {
          if (!watch.tooManyFailed()) {
            throw e;
          }
        }
        refuseTooMany(sizes, watch.tooManyFailed());
      }
    } else {
      refuseTooMany(sizes, false);
    }
    return outcome(images);
  }

  private void inRounds(InferenceJob job) throws Exception {
    for (int round = 1; ; round++) {
      try {
        List<PartitionBounds> pending = pending();
        if (pending.isEmpty()) {
          return;
        }
        job.run(pending, description(pending.size()));
      } catch (Exception e) {
        if (round == MAX_ROUNDS || !DatabaseErrors.isConnectionLost(e)) {
          throw e;
        }
        LOG.warn(
            "Run {}: the connection to the database at {} is lost; retrying",
            run.runId(),
            connector.address());
        awaitDatabase();
      }
    }
  }

  private String description(int partitions) {
    return "SeeQL run %s: %s over %d partitions".formatted(run.runId(), run.model(), partitions);
  }

  private List<PartitionBounds> pending() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return PartitionRecords.pending(session, run.runId());
    }
  }

  private void awaitDatabase() throws SQLException, InterruptedException {
    long end = System.nanoTime() + options.databaseWait().toNanos();
    while (true) {
      try {
        DatabaseSession.open(connector).close();
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  private void refuseTooMany(Selection.Sizes sizes, boolean stopped) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      PartitionRecords.Totals totals = PartitionRecords.totals(session, run.runId());
      FailureLimit limit = run.options().maxFailedImages();
      if (stopped || ProgressWatch.isExceeded(limit, totals.failed(), sizes)) {
        throw new TooManyFailuresException(
            "more images failed than --max_failed_images=%s allows for %d images (%s)"
                .formatted(limit.text(), sizes.selected(), why(session, sizes, totals)));
      }
    }
  }

  // Failures in a cancelled partition are in no table
  private String why(
      DatabaseSession session, Selection.Sizes sizes, PartitionRecords.Totals committed)
      throws SQLException {
    List<String> reasons = new ArrayList<>();
    if (sizes.skipped() > 0 && run.options().maxFailedImages().countsSkipped()) {
      reasons.add(
          "%d failed in earlier runs: see SELECT path, attempts, reason FROM seeql.failed_images"
              .formatted(sizes.skipped()));
    }
    Optional<String> first = LiveProgress.of(run.runId()).firstFailure();
    if (committed.failed() == 0 && first.isPresent()) {
      reasons.add("the first: " + first.get());
    } else if (committed.failed() > 0 || reasons.isEmpty()) {
      for (FrequentFailure failure : FrequentFailures.of(session, run.runId())) {
        reasons.add("%d: %s".formatted(failure.images(), failure.text()));
      }
      reasons.add(
          "see SELECT * FROM seeql.run_failures WHERE run_id = '%s'".formatted(run.runId()));
    }
    return String.join("; ", reasons);
  }

  private Outcome outcome(long images) throws SQLException {
    PartitionRecords.Totals totals;
    List<PartitionFigures> figures;
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      totals = PartitionRecords.totals(session, run.runId());
      figures =
          PartitionRecords.figures(session, run.runId()).stream()
              .map(PartitionFigures::parse)
              .toList();
    }
    if (totals.images() != images || totals.committed() != totals.partitions()) {
      throw new IllegalStateException(
          "%d of %d images and %d of %d partitions are committed"
              .formatted(totals.images(), images, totals.committed(), totals.partitions()));
    }
    Map<String, Duration> steps = new LinkedHashMap<>();
    for (PartitionFigures f : figures) {
      steps.merge("read", f.read(), Duration::plus);
      steps.merge("decode", f.decode(), Duration::plus);
      steps.merge("model", f.inference(), Duration::plus);
      steps.merge("postprocess", f.postprocess(), Duration::plus);
      steps.merge("write", f.write(), Duration::plus);
    }
    return new Outcome(
        totals,
        figures.stream().mapToInt(PartitionFigures::batchSize).max().orElse(0),
        figures.stream()
            .map(PartitionFigures::engine)
            .filter(e -> !e.isEmpty())
            .findFirst()
            .orElse(""),
        figures.stream().map(PartitionFigures::device).findFirst().orElse(""),
        steps,
        figures.stream().map(PartitionFigures::plan).reduce(PlanCounts.NONE, PlanCounts::plus));
  }

  private RunTaskSettings work() {
    return new RunTaskSettings(
        connector,
        owner.epoch(),
        ResultSink.of(run).partitions(),
        run.imageRoot(),
        run.options().device(),
        new PredictionSettings(
            run.layout(),
            run.runId(),
            models,
            PipelineSettings.of(pipelineOptions()),
            options.modelCache().toString(),
            Cores.of(spark.get()).anExecutor()));
  }

  /** The options for the models. Those of a plan have thresholds of their own. */
  private RunOptions pipelineOptions() {
    return models instanceof ModelAssignment.PlannedModels planned
        ? run.options().with(OptionTable.CONFIDENCE, planned.lowestThreshold())
        : run.options();
  }
}
