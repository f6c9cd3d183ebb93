package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.CompletedImageSets;
import org.seeql.database.ledger.CompletedImages;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.Selection;
import org.seeql.job.check.ExplanationModels;
import org.seeql.job.check.RunModels;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.find.FindRecords;
import org.seeql.job.inference.ImageLocation;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.sink.ResultSink;
import org.seeql.job.train.FeatureModel;
import org.seeql.job.train.TrainingSettings;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.Option;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ExplanationOptions;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.train.Backbone;

/** A run that can be resumed, with its original models. */
public record ResumedRun(RunRecord record, RunModels models) {
  private static final int RUNS_NAMED = 100;
  // The only option that can be changed so that a run with too many failures can be resumed.
  private static final String LIMIT = OptionTable.MAX_FAILED_IMAGES.name();

  public ResumedRun {
    requireNonNull(record, "record is null");
    requireNonNull(models, "models is null");
  }

  /**
   * Finds a run.
   *
   * @param commandLine may contain a higher failure limit
   * @throws RefusalException if the run cannot be resumed
   */
  public static ResumedRun find(
      DatabaseSession session, ModelRepository models, String runId, OptionSet commandLine)
      throws SQLException {
    RunRecord run = load(session, runId, commandLine);
    refuseSucceeded(session, run);
    if (!ResultSink.of(run).isPublished(session)) {
      refuseLostTables(session, run);
    }
    requireReachable(run);
    return new ResumedRun(run, models(session, models, run));
  }

  private static RunModels models(DatabaseSession session, ModelRepository models, RunRecord run)
      throws SQLException {
    return switch (run.kind()) {
      case FIND -> RunModels.of(FindRecords.load(session, models, run.runId()));
      case EXPLAIN ->
          new ExplanationModels(session)
              .of(
                  models.loadForResume(run.model(), run.modelVersion(), run.runId()),
                  explanation(run),
                  run.options().device());
      case RUN, PREDICT, EVALUATE ->
          new RunModels.One(models.loadForResume(run.model(), run.modelVersion(), run.runId()));
      case TRAIN -> new RunModels.Features(features(session, models, run));
    };
  }

  /** The settings of explanations are part of the statement, which is stored whole. */
  private static ExplanationOptions explanation(RunRecord run) {
    return ProgramParser.parse(run.statement()).statements().stream()
        .filter(ExplainStatement.class::isInstance)
        .map(ExplainStatement.class::cast)
        .map(ExplanationOptions::of)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the statement of " + run.runId() + " is not stored"));
  }

  private static FeatureModel features(
      DatabaseSession session, ModelRepository models, RunRecord run) throws SQLException {
    try {
      return FeatureModel.of(
          models.cache(),
          models.loadForResume(run.model(), run.modelVersion(), run.runId()),
          TrainingSettings.load(session, run.runId()).options().layer());
    } catch (Backbone.LayerException e) {
      throw new IllegalStateException("the layer of run " + run.runId() + " was checked", e);
    }
  }

  /** Reports a store that does not respond within seconds, without all retries of S3A. */
  private static void requireReachable(RunRecord run) {
    try {
      ImageLocation.requireRemote(run.imageRoot());
    } catch (IOException e) {
      throw new RefusalException(
          "Cannot resume run %s: cannot use its image root %s: %s"
              .formatted(run.runId(), run.imageRoot(), ImageLocation.reason(e)),
          e);
    }
  }

  /** Refuses a run that has succeeded. */
  public static void refuseSucceeded(DatabaseSession session, RunRecord run) throws SQLException {
    if (RunRecords.hasSucceeded(session, run.runId())) {
      throw new RefusalException(
          "Run %s has succeeded: there is nothing to resume%s"
              .formatted(run.runId(), run.target().map(t -> "; its rows are in " + t).orElse("")));
    }
  }

  /**
   * Refuses a run that appends to a table if another run has completed some of its images since.
   * Otherwise the target would contain an image twice. Also refuses it if the target is now another
   * table.
   */
  public static void refuseOvertaken(DatabaseSession session, RunRecord run) throws SQLException {
    if (!run.result().appends()
        || RunRecords.imageSet(session, run.runId()).isEmpty()
        || ExistingTable.find(session, Selection.table(run.runId())).isEmpty()) {
      return;
    }
    int committed = PartitionRecords.totals(session, run.runId()).committed();
    if (committed > 0 && CompletedImageSets.isOfAnotherTable(session, run)) {
      throw new RefusalException(
          "Cannot resume run %s: the table %s was altered or created again after the run had written %d partitions into it; run its statement again"
              .formatted(run.runId(), run.result().written(), committed));
    }
    CompletedImageSets.assignToCurrentTable(session, run);
    Optional<String> other = CompletedImages.findOvertaking(session, run.runId(), run.layout());
    if (other.isPresent()) {
      throw new RefusalException(
          "Cannot resume run %s: run %s has since processed some of its remaining images; for the others run its statement %s"
              .formatted(
                  run.runId(),
                  other.get(),
                  run.options().onlyNew() ? "again" : "with mode=append and only_new"));
    }
  }

  /** Refuses a run that would replace its target if a later run has written the target. */
  public static void refuseToReplaceNewer(DatabaseSession session, RunRecord run)
      throws SQLException {
    Optional<TableName> target =
        switch (run.kind()) {
          case EVALUATE ->
              EvaluationSettings.find(session, run.runId())
                  .filter(settings -> settings.mode() == WriteMode.OVERWRITE)
                  .map(EvaluationSettings::target);
          case RUN, PREDICT, EXPLAIN, FIND, TRAIN ->
              run.target().filter(table -> run.mode() == WriteMode.OVERWRITE);
        };
    if (target.isEmpty() || !isOfAnotherRun(session, run, target.get())) {
      return;
    }
    Optional<String> newer = RunRecords.findNewer(session, run.runId(), target.get());
    if (newer.isPresent()) {
      throw new RefusalException(
          "Cannot resume run %1$s: run %2$s started later and has written %3$s, but run %1$s would replace it with an older result; to replace it, use `seeql run --resume %1$s --force`"
              .formatted(run.runId(), newer.get(), target.get()));
    }
  }

  private static boolean isOfAnotherRun(DatabaseSession session, RunRecord run, TableName target)
      throws SQLException {
    return FileTarget.isWritten(target)
        ? !ResultSink.of(run).isPublished(session)
        : ExistingTable.find(session, target)
            .filter(table -> !table.isWrittenBy(run.runId()))
            .isPresent();
  }

  private static void refuseLostTables(DatabaseSession session, RunRecord run) throws SQLException {
    if (ExistingTable.find(session, Selection.table(run.runId())).isEmpty()) {
      throw new RefusalException(
          "Cannot resume run %s: its selected images (%s) no longer exist; run its statement again"
              .formatted(run.runId(), Selection.table(run.runId())));
    }
    int committed = PartitionRecords.totals(session, run.runId()).committed();
    if (committed > 0 && !ResultSink.of(run).exists(session)) {
      throw new RefusalException(
          "Cannot resume run %s: the rows of its %d committed partitions (%s) no longer exist; run its statement again"
              .formatted(run.runId(), committed, ResultSink.of(run).place()));
    }
  }

  private static RunRecord load(DatabaseSession session, String runId, OptionSet commandLine)
      throws SQLException {
    Optional<RunRecord> found = RunRecords.find(session, runId);
    if (found.isEmpty()) {
      throw new RefusalException(
          NearestNames.unknown("run", runId, RunRecords.latest(session, RUNS_NAMED)));
    }
    Optional<Option> limit = commandLine.find(LIMIT);
    if (limit.isEmpty()) {
      return found.get();
    }
    OptionSet kept = OptionSet.of(found.get().options().toMap(), "the run");
    return found
        .get()
        .withOptions(RunOptions.parse(kept.with(LIMIT, limit.get().value(), limit.get().origin())));
  }
}
