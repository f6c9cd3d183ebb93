package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.Publication;
import org.seeql.database.ledger.ResultTable;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.database.ledger.Selection;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.evaluate.Measurement;

/**
 * The steps of an evaluation after a run has answered its images: measure, time the model, publish.
 * A driver that resumes the run may repeat each step. For one thread.
 */
public final class Evaluation {
  private static final int IMAGES_TIMED = 32;

  private final DatabaseConnector connector;
  private final RunRecord run;
  private final RegisteredModel model;
  private final EvaluationSettings settings;

  /**
   * Creates an evaluation.
   *
   * @param run the run whose answers are in the table of {@link RunRecord#result}
   */
  public Evaluation(
      DatabaseConnector connector,
      RunRecord run,
      RegisteredModel model,
      EvaluationSettings settings) {
    this.connector = requireNonNull(connector, "connector is null");
    this.run = requireNonNull(run, "run is null");
    this.model = requireNonNull(model, "model is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  public TableName target() {
    return settings.target();
  }

  /** Compares the answers with the labels, and stages the matches if they are to be kept. */
  public EvaluationReport measure(RunOwner owner) throws SQLException {
    Measurement measurement;
    if (settings.options().keepMatches() && !isPublished()) {
      try (MatchWriter writer = MatchWriter.open(connector, owner, run, result())) {
        measurement = measure(Optional.of(writer));
        writer.flush();
      }
    } else {
      measurement = measure(Optional.empty());
    }
    return new EvaluationReport(run, model, settings, measurement, List.of());
  }

  private Measurement measure(Optional<MatchWriter> matches) throws SQLException {
    AnswerTable answers = AnswerTable.of(run);
    return switch (model.task()) {
      case DETECT ->
          DetectorMeasurement.of(
              connector,
              answers,
              settings.labelled().orElseThrow(),
              settings.options(),
              model.description(),
              matches);
      case CLASSIFY -> ClassifierMeasurement.of(connector, answers, model.description(), matches);
      case TAG ->
          TaggerMeasurement.of(
              connector,
              answers,
              settings.labelled().orElseThrow(),
              settings.options(),
              model.description(),
              matches);
      case EMBED -> throw new IllegalStateException("vectors cannot be evaluated");
    };
  }

  private ResultTable result() {
    boolean appends = settings.mode() == WriteMode.APPEND;
    return new ResultTable(run.runId(), Optional.of(settings.target()), appends);
  }

  private boolean isPublished() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return result().isPublished(session);
    }
  }

  /**
   * Times the model: with the batch size of the statement if it has one, else with 1, 2, 4 and so
   * on.
   *
   * @param largestBatch the largest batch size that the run used
   */
  public EvaluationReport time(
      EvaluationReport measured, SparkSession spark, Path modelCache, int largestBatch)
      throws SQLException {
    return measured.withTimings(
        new ModelTimings(spark, run, modelCache)
            .of(model.description(), somePaths(), settings.options().confidence(), largestBatch));
  }

  /** Paths of images spread over the whole selection. */
  private List<String> somePaths() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      long step = Math.max(1, Selection.count(session, run.runId()) / IMAGES_TIMED);
      return session
          .query(
              "SELECT %s FROM %s WHERE MOD(%s - 1, ?) = 0 ORDER BY %3$s LIMIT %4$d"
                  .formatted(
                      TableName.quote(Selection.column(run.layout().pathColumn())),
                      Selection.table(run.runId()).quoted(),
                      Selection.ROW,
                      IMAGES_TIMED),
              row -> new SelectedRow(0, null, row.getObject(1)).pathText(),
              step)
          .stream()
          .flatMap(path -> path.stream())
          .toList();
    }
  }

  /** Publishes the rows in the target, and replaces an earlier profile. */
  public void publish(EvaluationReport report, RunOwner owner) throws SQLException {
    ResultTable result = result();
    boolean copiesMatches = settings.options().keepMatches() && result.appends();
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      owner.require(session);
      boolean isPublished = result.isPublished(session);
      if (!isPublished) {
        result.create(session, EvaluationTable.LAYOUT);
      }
      if (copiesMatches) {
        result.createCompanion(session, MatchTable.layout(run.layout()));
      }
      owner.write(
          session,
          own -> {
            if (!isPublished) {
              EvaluationTable.write(own, result.written(), run.runId(), report.rows());
            }
            if (copiesMatches) {
              copyMatches(own, result);
            }
            new ProfileWriter(own, run, settings.options())
                .replace(report.measurement(), report.timings());
          });
    }
    new Publication(connector, owner, result, run.replacing(settings.mode())).publish();
    if (copiesMatches) {
      try (DatabaseSession session = DatabaseSession.borrow(connector)) {
        result.dropStagedCompanion(session);
      }
    }
  }

  private void copyMatches(DatabaseSession session, ResultTable result) throws SQLException {
    MatchTable.copy(
        session,
        result.stagedCompanion(),
        EvaluateStatement.matchesOf(settings.target()),
        MatchTable.layout(run.layout()),
        run.runId());
  }

  /**
   * Records the evaluation's target as the target of the run, in the transaction in which the run
   * succeeds. Until then the run's rows are the answers.
   */
  public void conclude(DatabaseSession session) throws SQLException {
    RunRecords.concluded(session, run.runId(), settings.target());
  }
}
