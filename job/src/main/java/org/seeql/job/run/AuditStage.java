package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.Causes;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.find.AuditRecords;
import org.seeql.job.find.AuditReport;
import org.seeql.job.find.AuditRequest;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.inference.SampleTask;
import org.seeql.job.inference.SampledImage;
import org.seeql.job.inference.WorkListeners;
import org.seeql.planner.cascade.QualityAudit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the answers of a run's plan with those of other models on random images of the run, and
 * records the result. Changes neither the rows nor the success of the run.
 */
final class AuditStage {
  private static final Logger LOG = LoggerFactory.getLogger(AuditStage.class);
  // Spark's message for a job whose task failed too often, unlike that for a cancelled job
  private static final String FAILED_TASK = "aborted due to stage failure";
  private static final int OF_PLAN = 0;
  private static final int OF_AUDITOR = 1;

  private final DatabaseConnector connector;
  private final RunOwner owner;
  private final RunRecord run;
  private final StageClock clock;
  private final SampleJob jobs;

  AuditStage(
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
   * Audits the run. If the models fail, the report says so.
   *
   * @param images number of images of the selection
   * @param spark started only if there is an image to audit
   * @return empty if the plan applies to no image
   */
  Optional<AuditReport> audit(
      AuditRequest request, PlannedModels plan, long images, Supplier<SparkSession> spark)
      throws SQLException {
    Optional<AuditReport> earlier = earlier();
    // the images of a sample have the answers of the reference
    List<Long> rows =
        RowSample.draw(
            run.runId() + " audit", images, request.images(), plan.sampled().byRow().keySet());
    if (earlier.isPresent() || rows.isEmpty()) {
      return earlier;
    }
    String names = request.auditor().names();
    StageClock.Stage stage =
        clock.begin("audit", "%d images with %s".formatted(rows.size(), names));
    AuditReport report = report(request, plan, rows, spark);
    if (report.problem().isEmpty()) {
      record(report);
    }
    stage.end(run.runId(), report.images() + " images");
    return Optional.of(report);
  }

  private Optional<AuditReport> earlier() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return AuditRecords.find(session, run.runId());
    }
  }

  private AuditReport report(
      AuditRequest request, PlannedModels plan, List<Long> rows, Supplier<SparkSession> spark) {
    SampleTask.Answers answers;
    try {
      answers =
          jobs.run(
              spark.get(),
              new SampleJob.Sample(rows, List.of(), List.of(plan, request.auditor()), "audit"));
    } catch (Exception e) {
      // a cancelled job ends the run
      if (!String.valueOf(e.getMessage()).contains(FAILED_TASK)) {
        throw e;
      }
      String reason = Causes.root(e).getMessage();
      LOG.warn("The audit of run {} failed", run.runId(), e);
      return AuditReport.ofProblem(request, String.valueOf(reason));
    }
    QualityAudit audit = compared(answers.images());
    return new AuditReport(
        request.auditor().names(),
        audit.images(),
        answers.failed(),
        request.confidenceLevel(),
        audit.findings(request.bounds(), request.confidenceLevel()),
        Optional.empty());
  }

  private void record(AuditReport report) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      owner.write(session, own -> AuditRecords.save(own, run.runId(), report));
    }
    for (QualityAudit.Finding finding : report.findings()) {
      WorkListeners.ofJvm()
          .runAudited(finding.bound().measureWord(), finding.outcome().word(), finding.measured());
    }
  }

  private static QualityAudit compared(List<SampledImage> images) {
    int both = 0;
    int onlyPlan = 0;
    int onlyAuditor = 0;
    int neither = 0;
    for (SampledImage image : images) {
      boolean found = image.decisions().get(OF_PLAN);
      boolean isTrue = image.decisions().get(OF_AUDITOR);
      both += found && isTrue ? 1 : 0;
      onlyPlan += found && !isTrue ? 1 : 0;
      onlyAuditor += !found && isTrue ? 1 : 0;
      neither += !found && !isTrue ? 1 : 0;
    }
    return new QualityAudit(both, onlyPlan, onlyAuditor, neither);
  }
}
