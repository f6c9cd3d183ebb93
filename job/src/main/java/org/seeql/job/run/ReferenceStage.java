package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.find.AuditRequest;
import org.seeql.job.find.FindRecords;
import org.seeql.job.find.ReferenceFigures;
import org.seeql.job.find.ReferenceRequest;
import org.seeql.job.find.SampledPlan;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.SampleTask;

/**
 * Chooses the plan of a run with a reference model: draws the sample, runs the models on it, and
 * records the plan. A run that is resumed before the plan was recorded draws the same images.
 */
final class ReferenceStage {
  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final RunRecord run;
  private final StageClock clock;
  private final SampleJob jobs;

  ReferenceStage(
      DatabaseConnector connector,
      RunOwner owner,
      RunRecord run,
      StageClock clock,
      SampleJob jobs) {
    this.connector = requireNonNull(connector, "connector is null");
    this.owner = requireNonNull(owner, "owner is null");
    this.run = requireNonNull(run, "run is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  /**
   * Chooses and records the plan.
   *
   * @param audit the audit of the run, which is stored with the plan
   * @param images number of images of the selection
   * @param spark started only if there is an image
   */
  FindRecords.KeptPlan choose(
      ReferenceRequest request,
      Optional<AuditRequest> audit,
      long images,
      Supplier<SparkSession> spark)
      throws SQLException {
    List<Long> rows = RowSample.draw(run.runId(), images, request.bounds().sampleSize());
    boolean others = rows.size() < images;
    List<BoundModel> models = others ? request.sampled() : List.of(request.reference());
    StageClock.Stage stage =
        clock.begin("sample", "%d images with %s".formatted(rows.size(), names(models)));
    SampleTask.Answers answers =
        rows.isEmpty()
            ? new SampleTask.Answers(List.of(), 0, Map.of())
            : jobs.run(spark.get(), new SampleJob.Sample(rows, models, List.of(), "sample"));
    SampledPlan.Chosen chosen = new SampledPlan(request, answers).choose(others);
    ReferenceFigures figures = chosen.figures();
    FindRecords.KeptPlan kept =
        new FindRecords.KeptPlan(chosen.work(), "", Optional.of(figures), audit);
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      owner.write(session, own -> FindRecords.choose(own, run.runId(), kept));
    }
    stage.end(
        run.runId(),
        String.format(
            Locale.ROOT,
            "%d images, %d failed; %s",
            figures.sampleImages(),
            figures.sampleFailed(),
            figures.choice()));
    return kept;
  }

  private static String names(List<BoundModel> models) {
    return String.join(", ", models.stream().map(BoundModel::name).distinct().toList());
  }
}
