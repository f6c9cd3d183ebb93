package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.CompletedImageSets;
import org.seeql.database.ledger.DatabaseCleanup;
import org.seeql.database.ledger.FailedImages;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.PartitionBounds;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.Selection;
import org.seeql.database.ledger.TargetTransaction;
import org.seeql.job.ResumeMode;
import org.seeql.job.RunFailedException;
import org.seeql.job.RunListener;
import org.seeql.job.SessionOptions;
import org.seeql.job.StatementResult;
import org.seeql.job.check.CheckedRun;
import org.seeql.job.check.RunModels;
import org.seeql.job.find.AuditReport;
import org.seeql.job.find.FindRecords;
import org.seeql.job.inference.RootFileStates;
import org.seeql.job.inference.WorkListeners;
import org.seeql.job.sink.ResultSink;
import org.seeql.planner.plan.InferencePlan;

/**
 * Executes the stages of one run: select, partition, infer, publish. After any failure, committed
 * partitions are kept and the run can be resumed. For one run and one thread.
 */
public final class RunExecution {
  private static final int MAX_ROWS_PER_PARTITION = 2_000;
  private static final int MIN_ROWS_PER_PARTITION = 32;
  private static final int PARTITIONS_PER_CORE = 3;

  private final DatabaseConnector connector;
  private final SparkStart spark;
  private final SessionOptions options;
  private final RunListener listener;
  private final StageClock clock;

  /**
   * Creates an execution; it does not start yet.
   *
   * @param clock the clock that has timed the plan stage
   */
  public RunExecution(
      DatabaseConnector connector,
      Supplier<SparkSession> spark,
      SessionOptions options,
      RunListener listener,
      StageClock clock) {
    this.connector = requireNonNull(connector, "connector is null");
    this.spark = new SparkStart(spark);
    this.options = requireNonNull(options, "options is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Executes a checked run from the start.
   *
   * @param user the session in which the SELECT runs
   */
  public StatementResult start(CheckedRun run, DatabaseSession user) {
    String runId = run.record().runId();
    try (RunOwner owner = RunOwner.take(connector, runId, options.lease(), this::waiting)) {
      Optional<Long> imageSet = register(run, owner);
      DatabaseCleanup.run(connector);
      listener.started(runId);
      return guarded(
          run.record(),
          owner,
          () -> {
            StageClock.Stage selection =
                clock.begin("select", "the images of " + run.record().model());
            Selection.Sizes sizes = select(run, owner, user, imageSet);
            selection.end(
                runId,
                "%d images, %d excluded, %d skipped"
                    .formatted(sizes.images(), sizes.leftOut(), sizes.skipped()));
            return continueRun(run.record(), owner, run.models(), sizes);
          });
    } catch (OwnershipLostException e) {
      throw RunFailure.ownershipLost(runId, e, e);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot start a run", e);
    }
  }

  /**
   * Records the run and everything that it needs, in one transaction. Returns its set of completed
   * images.
   */
  private Optional<Long> register(CheckedRun run, RunOwner owner) throws SQLException {
    RunRecord record = run.record();
    try (TargetTransaction transaction =
        TargetTransaction.forAppend(connector, record, this::waiting)) {
      DatabaseSession session = transaction.session();
      owner.require(session);
      beginSpark(record);
      RunRecords.create(session, record, host());
      if (run.fingerprint().isPresent()) {
        CompletedImageSets.begin(transaction, record, run.fingerprint().get());
      }
      if (run.models().search().isPresent()) {
        FindRecords.save(session, record.runId(), run.models().search().get());
      }
      if (run.evaluation().isPresent()) {
        run.evaluation().get().save(session, record.runId());
      }
      if (run.training().isPresent()) {
        run.training().get().save(session, record.runId());
      }
      Optional<Long> imageSet = RunRecords.imageSet(session, record.runId());
      transaction.commit();
      return imageSet;
    }
  }

  /** Resumes a run that did not finish. */
  public StatementResult resume(RunRecord run, RunModels models, ResumeMode mode) {
    try (RunOwner owner = RunOwner.take(connector, run.runId(), options.lease(), this::waiting);
        DatabaseSession session = DatabaseSession.open(connector)) {
      // Another driver may have finished the run before this one became its owner
      ResumedRun.refuseSucceeded(session, run);
      registerAgain(run, owner, mode);
      listener.started(run.runId());
      return guarded(
          run,
          owner,
          () -> {
            long images =
                ResultSink.of(run).isPublished(session)
                    ? published(session, run)
                    : Selection.count(session, run.runId());
            Selection.Sizes sizes = RunRecords.sizes(session, run.runId(), images);
            owner.write(session, own -> RunRecords.selected(own, run.runId(), sizes));
            return continueRun(run, owner, models, sizes);
          });
    } catch (OwnershipLostException e) {
      throw RunFailure.ownershipLost(run.runId(), e, e);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot resume run " + run.runId(), e);
    }
  }

  private void registerAgain(RunRecord run, RunOwner owner, ResumeMode mode) throws SQLException {
    try (TargetTransaction transaction =
        TargetTransaction.forAppend(connector, run, this::waiting)) {
      owner.require(transaction.session());
      ResumedRun.refuseOvertaken(transaction.session(), run);
      if (mode == ResumeMode.KEEP_NEWER_RESULT) {
        ResumedRun.refuseToReplaceNewer(transaction.session(), run);
      }
      beginSpark(run);
      RunRecords.resumed(transaction.session(), run.runId(), host());
      transaction.commit();
    }
  }

  /**
   * Starts Spark in parallel with the first database work, unless there may be nothing to infer.
   */
  private void beginSpark(RunRecord run) {
    if (!run.options().onlyNew()) {
      spark.begin();
    }
  }

  private void waiting(String what) {
    listener.stage("wait", what);
  }

  private Selection.Sizes select(
      CheckedRun run, RunOwner owner, DatabaseSession user, Optional<Long> imageSet)
      throws SQLException {
    String runId = run.record().runId();
    Selection.Selected selected;
    try {
      selected = materialize(run, user, imageSet);
    } catch (SQLException e) {
      if (DatabaseErrors.isRetryable(e) || DatabaseErrors.isOfServer(e)) {
        throw e;
      }
      throw new RefusedSelectException(
          "The database cannot select the images of run %s: %s; correct the SELECT"
              .formatted(runId, DatabaseErrors.message(e)),
          e);
    }
    // Not over the user's connection: the server may have closed it while it was idle
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      long images = Selection.count(session, runId);
      long leftOut = Math.max(0, selected.rows() - selected.skipped() - images);
      Selection.Sizes sizes = new Selection.Sizes(images, leftOut, selected.skipped());
      owner.write(session, own -> RunRecords.selected(own, runId, sizes));
      return sizes;
    }
  }

  /** Creates the selection. If the run may leave out rows, returns the row counts of the SELECT. */
  private static Selection.Selected materialize(
      CheckedRun run, DatabaseSession user, Optional<Long> imageSet) throws SQLException {
    String runId = run.record().runId();
    ResultLayout layout = run.record().layout();
    if (run.record().options().onlyNew()) {
      return Selection.createNew(
          user, runId, run.select(), layout, imageSet.orElseThrow(), skipRule(run.record()));
    }
    Selection.create(user, runId, run.select(), layout.neededColumns());
    return new Selection.Selected(0, 0);
  }

  /** The rule for skipping an image that failed in earlier runs. */
  public static FailedImages.SkipRule skipRule(RunRecord run) {
    return new FailedImages.SkipRule(
        run.options().maxAttempts(), new RootFileStates(run.imageRoot()));
  }

  private static long published(DatabaseSession session, RunRecord run) throws SQLException {
    return PartitionRecords.totals(session, run.runId()).images();
  }

  private StatementResult continueRun(
      RunRecord run, RunOwner owner, RunModels models, Selection.Sizes sizes) throws Exception {
    long images = sizes.images();
    if (images > 0 || !run.options().onlyNew()) {
      StageClock.Stage start = clock.begin("spark", "waiting for the session");
      start.end(run.runId(), spark.join().sparkContext().master());
    }
    if (run.kind() == InferencePlan.Kind.TRAIN && !spark.join().sparkContext().isLocal()) {
      throw new RefusalException(
          "TO TRAIN runs only on one machine, because the backbone's part and the model are files of the driver; use --master='local[*]'");
    }
    RunModels.Assigned assigned = assign(run, owner, models, images);
    if (assigned instanceof RunModels.Explained explained) {
      listener.notice("Explains " + explained.cost().of(images));
    }
    partition(run, owner, images);
    InferenceStage stage =
        new InferenceStage(connector, owner, spark::join, options, listener, run, assigned.work());
    PartitionRecords.Totals before;
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      before = PartitionRecords.totals(session, run.runId());
    }
    StageClock.Stage inference =
        clock.begin(
            "infer",
            "%d images with %s".formatted(images - before.images(), assigned.work().names()));
    InferenceStage.Outcome outcome = stage.run(sizes, before);
    PartitionRecords.Totals totals = outcome.totals();
    StageClock.EndedStage inferred =
        inference.end(
            run.runId(),
            "%d images, %d failed, %d rows"
                .formatted(totals.images(), totals.failed(), totals.rows()));
    outcome.steps().forEach(inferred::step);
    Optional<AuditReport> audit = audit(run, owner, assigned, images);
    RunConclusion conclusion =
        new RunConclusion(connector, owner, clock, run, images, before, outcome);
    return switch (run.kind()) {
      case EVALUATE ->
          conclusion.evaluate(
              ((RunModels.One) assigned).model(), spark.join(), options.modelCache());
      case TRAIN ->
          conclusion.train(((RunModels.Features) assigned).features(), spark.join(), options);
      case RUN, PREDICT, EXPLAIN, FIND -> conclusion.publish(assigned, audit);
    };
  }

  /** The models with their plan, which a run with a reference model chooses only now. */
  private RunModels.Assigned assign(RunRecord run, RunOwner owner, RunModels models, long images)
      throws SQLException {
    if (models instanceof RunModels.Referenced referenced) {
      FindRecords.KeptRequest kept = referenced.kept();
      return new RunModels.Planned(
          new ReferenceStage(connector, owner, run, clock, samples(run, owner))
              .choose(kept.request(), kept.audit(), images, spark::join));
    }
    return (RunModels.Assigned) models;
  }

  /** Audits a run that requests it. */
  private Optional<AuditReport> audit(
      RunRecord run, RunOwner owner, RunModels.Assigned models, long images) throws SQLException {
    if (!(models instanceof RunModels.Planned planned) || planned.kept().audit().isEmpty()) {
      return Optional.empty();
    }
    return new AuditStage(connector, owner, run, clock, samples(run, owner))
        .audit(planned.kept().audit().get(), planned.kept().work(), images, spark::join);
  }

  private SampleJob samples(RunRecord run, RunOwner owner) {
    return new SampleJob(connector, owner, run, options.modelCache());
  }

  private void partition(RunRecord run, RunOwner owner, long images)
      throws IOException, SQLException {
    ResultSink sink = ResultSink.of(run);
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      if (sink.isPublished(session)) {
        return;
      }
      StageClock.Stage stage = clock.begin("partition", images + " images");
      int partitions = PartitionRecords.totals(session, run.runId()).partitions();
      if (partitions == 0 && images > 0) {
        List<PartitionBounds> bounds = PartitionBounds.split(images, partitionsFor(run, images));
        owner.write(
            session, own -> PartitionRecords.create(own, run.runId(), owner.epoch(), bounds));
        partitions = bounds.size();
      }
      owner.require(session);
      sink.prepare(session);
      stage.end(run.runId(), partitions + " partitions");
    }
  }

  private int partitionsFor(RunRecord run, long images) {
    if (run.options().partitions().isPresent()) {
      return run.options().partitions().getAsInt();
    }
    int cores = Cores.registered(spark.join()).inAll();
    // an image with its masks is as much work as a thousand others
    int least = run.kind() == InferencePlan.Kind.EXPLAIN ? 1 : MIN_ROWS_PER_PARTITION;
    long byCores = Math.min((long) cores * PARTITIONS_PER_CORE, ceiling(images, least));
    return (int)
        Math.min(Integer.MAX_VALUE, Math.max(byCores, ceiling(images, MAX_ROWS_PER_PARTITION)));
  }

  private static long ceiling(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  private interface Body {
    StatementResult run() throws Exception;
  }

  private StatementResult guarded(RunRecord run, RunOwner owner, Body body) {
    try {
      StatementResult result = body.run();
      WorkListeners.ofJvm().runSucceeded(run.runId());
      return result;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      WorkListeners.ofJvm().runFailed(run.runId());
      RunFailedException failure = new RunFailure(connector, owner, run).record(e);
      throw e instanceof RefusedSelectException ? new RefusalException(e.getMessage(), e) : failure;
    }
  }

  /** The database accepted a SELECT but failed to return its rows. */
  private static final class RefusedSelectException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedSelectException(String message, SQLException cause) {
      super(message, cause);
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
