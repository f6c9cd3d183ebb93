package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.RowStream;
import org.seeql.database.ledger.CompletedImageSets;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.Selection;
import org.seeql.job.FrequentFailure;
import org.seeql.job.SessionOptions;
import org.seeql.job.StatementResult;
import org.seeql.job.check.RunModels;
import org.seeql.job.evaluate.Evaluation;
import org.seeql.job.evaluate.EvaluationReport;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.find.AuditReport;
import org.seeql.job.find.FindReport;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.job.sink.ResultSink;
import org.seeql.job.train.FeatureModel;
import org.seeql.job.train.Training;
import org.seeql.job.train.TrainingReport;
import org.seeql.job.train.TrainingSettings;
import org.seeql.planner.statement.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last stage of a run, after all partitions are committed: publishes or evaluates its rows. For
 * one run and one thread.
 */
final class RunConclusion {
  private static final Logger LOG = LoggerFactory.getLogger(RunConclusion.class);

  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final StageClock clock;
  private final RunRecord run;
  private final long images;
  private final PartitionRecords.Totals before;
  private final InferenceStage.Outcome outcome;

  /**
   * Creates the last stage of a run.
   *
   * @param images number of images of the selection
   * @param before what was committed before this driver started
   */
  RunConclusion(
      DatabaseConnector connector,
      RunOwner owner,
      StageClock clock,
      RunRecord run,
      long images,
      PartitionRecords.Totals before,
      InferenceStage.Outcome outcome) {
    this.connector = requireNonNull(connector, "connector is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.run = requireNonNull(run, "run is null");
    this.images = images;
    this.before = requireNonNull(before, "before is null");
    this.outcome = requireNonNull(outcome, "outcome is null");
  }

  /**
   * Publishes the rows.
   *
   * @param audit the audit of the run, if there was one
   */
  StatementResult publish(RunModels models, Optional<AuditReport> audit)
      throws IOException, SQLException {
    StageClock.Stage publication =
        clock.begin("publish", run.target().map(Object::toString).orElse("the rows"));
    Optional<StatementResult.Novelty> novelty;
    ResultSink sink = ResultSink.of(run);
    sink.publish(connector, owner, outcome.totals());
    publication.end(run.runId(), outcome.totals().rows() + " rows");
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      novelty = novelty(session);
      succeeded(session, own -> {});
      dropSelection(session);
    }
    Optional<StatementResult.Rows> shown =
        sink.findShownRows(connector).map(StatementResult.Rows::of);
    StatementResult.RunSummary summary =
        summary(run.target(), outcome.totals().rows(), novelty, shown);
    return models instanceof RunModels.Planned planned
        ? new StatementResult.FindSummary(summary, report(planned, audit))
        : summary;
  }

  private Optional<StatementResult.Novelty> novelty(DatabaseSession session) throws SQLException {
    if (!run.options().onlyNew()) {
      return Optional.empty();
    }
    Optional<Long> own = RunRecords.imageSet(session, run.runId());
    List<String> others =
        CompletedImageSets.of(session, run.target().orElseThrow()).stream()
            .filter(set -> !own.equals(Optional.of(set.id())))
            .map(set -> set.fingerprint().request())
            .toList();
    Selection.Sizes sizes = RunRecords.sizes(session, run.runId(), images);
    return Optional.of(
        new StatementResult.Novelty(
            sizes.leftOut(), sizes.skipped(), run.options().maxAttempts(), others));
  }

  private FindReport report(RunModels.Planned planned, Optional<AuditReport> audit) {
    return new FindReport(
        planned.kept().work().plan(),
        planned.modelNames(),
        planned.kept().dataset(),
        planned.kept().reference(),
        audit,
        outcome.plan());
  }

  /** Compares the answers with the labels, times the model, and stores both results. */
  StatementResult evaluate(RegisteredModel model, SparkSession spark, Path modelCache)
      throws SQLException {
    Evaluation evaluation = evaluation(model);
    StageClock.Stage measurement = clock.begin("measure", "the answers of " + run.model());
    EvaluationReport measured = evaluation.measure(owner);
    measurement.end(run.runId(), measured.images() + " images");
    StageClock.Stage timing = clock.begin("time", run.model());
    EvaluationReport report = evaluation.time(measured, spark, modelCache, outcome.batchSize());
    timing.end(run.runId(), "the model alone");
    StageClock.Stage publication = clock.begin("publish", evaluation.target().toString());
    evaluation.publish(report, owner);
    publication.end(run.runId(), report.rowCount() + " rows");
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      succeeded(session, evaluation::conclude);
      dropSelection(session);
      drop(session, run.result().written(), own -> ResultSink.of(run).discard(own));
    }
    StatementResult.Rows shown =
        new StatementResult.Rows(report.shownColumns(), RowStream.of(report.shownRows()));
    return new StatementResult.EvaluationSummary(
        summary(
            Optional.of(evaluation.target()),
            report.rowCount(),
            Optional.empty(),
            Optional.of(shown)),
        report.findings());
  }

  private Evaluation evaluation(RegisteredModel model) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      EvaluationSettings settings =
          EvaluationSettings.find(session, run.runId())
              .orElseThrow(
                  () ->
                      new RefusalException(
                          "the settings of the evaluation no longer exist; run the statement again"));
      return new Evaluation(connector, run, model, settings);
    }
  }

  /** Fits a model on the features, tests and measures it, and registers it. */
  StatementResult train(FeatureModel features, SparkSession spark, SessionOptions options)
      throws SQLException {
    Training training = training(features);
    ModelCache cache = new ModelCache(options.modelCache());
    StageClock.Stage fit = clock.begin("fit", training.model());
    Training.Trained trained = training.fit(options.trainedModels());
    fit.end(run.runId(), trained.images() + " images");
    StageClock.Stage timing = clock.begin("time", training.model());
    TrainingReport report =
        training.measure(trained, spark, options.modelCache(), outcome.batchSize());
    timing.end(run.runId(), "the trained model");
    StageClock.Stage registration = clock.begin("register", training.model());
    RegisteredModel registered = register(training, trained, report, cache);
    registration.end(run.runId(), "version " + registered.version());
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      dropSelection(session);
      drop(session, run.result().written(), own -> ResultSink.of(run).discard(own));
    }
    StatementResult.Rows shown =
        new StatementResult.Rows(report.shownColumns(), RowStream.of(report.shownRows()));
    return new StatementResult.TrainingSummary(
        summary(Optional.empty(), outcome.totals().rows(), Optional.empty(), Optional.of(shown)),
        report.findings(registered));
  }

  /** The model, its profile and the success of the run are visible together, or not at all. */
  private RegisteredModel register(
      Training training, Training.Trained trained, TrainingReport report, ModelCache cache)
      throws SQLException {
    AtomicReference<RegisteredModel> registered = new AtomicReference<>();
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      succeeded(
          session,
          own ->
              registered.set(
                  training.register(
                      own,
                      new ModelRepository(own, cache, cache.folder()),
                      trained,
                      report,
                      seconds())));
    }
    return registered.get();
  }

  private Training training(FeatureModel features) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return new Training(connector, run, features, TrainingSettings.load(session, run.runId()));
    }
  }

  /**
   * Records that the run has succeeded.
   *
   * @param others additional writes in the same transaction
   */
  private void succeeded(DatabaseSession session, RunOwner.Writes<RuntimeException> others)
      throws SQLException {
    RunRecords.Figures figures =
        new RunRecords.Figures(outcome.batchSize(), outcome.engine(), outcome.device(), seconds());
    owner.write(
        session,
        own -> {
          RunRecords.succeeded(own, run.runId(), outcome.totals(), figures);
          others.by(own);
        });
  }

  private Map<String, Double> seconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    clock.durations().forEach((stage, time) -> seconds.put(stage, time.toNanos() / 1e9));
    return seconds;
  }

  // Failure to drop a table does not change the success of the run
  private void drop(DatabaseSession session, TableName table, RunOwner.Writes<IOException> drop) {
    try {
      drop.by(session);
    } catch (SQLException e) {
      warn(table, DatabaseErrors.message(e));
    } catch (IOException e) {
      warn(table, e.toString());
    }
  }

  private void warn(TableName table, String reason) {
    LOG.warn("Cannot drop {}, which run {} no longer needs: {}", table, run.runId(), reason);
  }

  private void dropSelection(DatabaseSession session) {
    drop(session, Selection.table(run.runId()), own -> Selection.drop(own, run.runId()));
  }

  private List<FrequentFailure> failures() throws SQLException {
    if (outcome.totals().failed() == 0) {
      return List.of();
    }
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return FrequentFailures.of(session, run.runId());
    }
  }

  private StatementResult.RunSummary summary(
      Optional<TableName> target,
      long rows,
      Optional<StatementResult.Novelty> novelty,
      Optional<StatementResult.Rows> shown)
      throws SQLException {
    PartitionRecords.Totals totals = outcome.totals();
    return new StatementResult.RunSummary(
        run.runId(),
        run.statement(),
        run.model(),
        target,
        new StatementResult.Counts(
            images,
            totals.images() - totals.failed(),
            totals.failed(),
            rows,
            images - before.images()),
        new StatementResult.Times(clock.sinceStart(), clock.durations()),
        new StatementResult.Execution(
            outcome.engine(),
            outcome.device(),
            outcome.batchSize(),
            totals.partitions(),
            before.committed()),
        failures(),
        novelty,
        shown);
  }
}
