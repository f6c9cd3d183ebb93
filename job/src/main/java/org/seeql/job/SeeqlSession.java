package org.seeql.job;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.jdbc.UserSession;
import org.seeql.database.ledger.RunInventory;
import org.seeql.job.check.CheckedRun;
import org.seeql.job.check.RunChecks;
import org.seeql.job.evaluate.ProfileRepository;
import org.seeql.job.inference.RunJobs;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.job.run.EarlierRun;
import org.seeql.job.run.Explainer;
import org.seeql.job.run.ModelDisplay;
import org.seeql.job.run.ProgramCheck;
import org.seeql.job.run.ResumedRun;
import org.seeql.job.run.RunExecution;
import org.seeql.job.run.StageClock;
import org.seeql.job.run.StatementText;
import org.seeql.job.run.StoppedRun;
import org.seeql.job.train.TrainingRecord;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ForgottenTo;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.StatementPlan;
import org.seeql.planner.plan.StatementPlans;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/**
 * Executes statements one after another over one database connection. For one thread. The creator
 * closes the session; closing it does not stop Spark.
 */
public final class SeeqlSession implements AutoCloseable {
  private static final Pattern USE = Pattern.compile("^(?i)USE\\b");
  private static final Duration TASK_PATIENCE = Duration.ofSeconds(5);

  private final DatabaseConnector database;
  private final Supplier<SparkSession> spark;
  private final SessionOptions options;
  private final RunListener listener;
  private final UserSession user;
  private volatile Optional<String> running = Optional.empty();
  private volatile boolean stopped;

  /**
   * @param spark supplies the Spark session when a statement first needs it; called from any
   *     thread, and always returns the same session
   * @throws RefusalException if the database cannot be reached or refuses the user
   */
  public SeeqlSession(
      DatabaseConnector database,
      Supplier<SparkSession> spark,
      SessionOptions options,
      RunListener listener) {
    this.database = requireNonNull(database, "database is null");
    this.spark = requireNonNull(spark, "spark is null");
    this.options = requireNonNull(options, "options is null");
    this.listener = new RunningRun(requireNonNull(listener, "listener is null"));
    try {
      this.user = UserSession.open(database);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database, e);
    }
  }

  /**
   * Executes a statement and waits until it ends.
   *
   * @throws PlanningException with all problems of the statement
   * @throws RefusalException if the database or the model repository refuses the statement
   * @throws RunFailedException if a run started and failed
   * @throws StatementStoppedException if the session was stopped during the statement
   */
  public StatementResult execute(Statement statement) {
    return unlessStopped(() -> statement.accept(new Execution()));
  }

  /**
   * Checks the statements of a program before the first one is executed. What earlier statements
   * create is not checked.
   *
   * @throws PlanningException with the problems of all statements
   * @throws RefusalException if the database refuses
   */
  public void check(List<Statement> program) {
    ProgramCheck check = new ProgramCheck(program, options);
    check.withoutDatabase();
    if (!check.namesModels()) {
      return;
    }
    prepareSystemSchema();
    try {
      check.models(models(user.session()));
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot check the program", e);
    }
  }

  /**
   * Resumes a run that did not finish. The images, options and partitions stay the same; committed
   * partitions are skipped.
   *
   * @throws RefusalException if the run does not exist, is still running, misses something that it
   *     needs, or would replace the result of a newer run
   * @throws RunFailedException if it fails again
   * @throws StatementStoppedException if the session was stopped during the run
   */
  public StatementResult resume(String runId) {
    return resume(runId, ResumeMode.KEEP_NEWER_RESULT);
  }

  /**
   * Stops the current statement as far as possible, and all later ones. A run keeps its committed
   * partitions. May be called from any thread, and more than once: each call also stops work that
   * started after the previous call.
   */
  public void stop() {
    stopped = true;
    running.ifPresent(RunJobs::cancel);
    user.kill();
  }

  private StatementResult unlessStopped(Supplier<StatementResult> work) {
    running = Optional.empty();
    try {
      return work.get();
    } catch (RuntimeException e) {
      if (!stopped) {
        throw e;
      }
      String state =
          running
              .map(
                  runId -> {
                    RunJobs.awaitEnd(TASK_PATIENCE);
                    return StoppedRun.record(database, runId);
                  })
              .orElse("");
      throw new StatementStoppedException(state, e);
    }
  }

  /** Records the id of the run that the current statement executes. */
  private final class RunningRun implements RunListener {
    private final RunListener next;

    RunningRun(RunListener next) {
      this.next = next;
    }

    @Override
    public void started(String runId) {
      running = Optional.of(runId);
      next.started(runId);
    }

    @Override
    public void stage(String name, String detail) {
      next.stage(name, detail);
    }

    @Override
    public void notice(String text) {
      next.notice(text);
    }

    @Override
    public void progress(RunProgress progress) {
      next.progress(progress);
    }
  }

  /** Like {@link #resume(String)}, with a choice of how to treat the result of a newer run. */
  public StatementResult resume(String runId, ResumeMode mode) {
    return unlessStopped(() -> resume(runId, mode, options.commandLine()));
  }

  private StatementResult resume(String runId, ResumeMode mode, OptionSet changes) {
    prepareSystemSchema();
    StageClock clock = new StageClock(listener);
    try (DatabaseSession session = DatabaseSession.open(database)) {
      ResumedRun resumed = ResumedRun.find(session, models(session), runId, changes);
      return new RunExecution(database, spark, options, listener, clock)
          .resume(resumed.record(), resumed.models(), mode);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot resume run " + runId, e);
    }
  }

  private ModelRepository models(DatabaseSession session) {
    return new ModelRepository(
        session, new ModelCache(options.modelCache()), options.baseDirectory());
  }

  private StatementResult run(StatementPlan plan, String text) {
    prepareSystemSchema();
    return options
        .runId()
        .flatMap(id -> continueRun(id, plan.run(), text))
        .orElseGet(() -> begin(plan, text, options.runId().orElseGet(SeeqlSession::newRunId)));
  }

  private static String newRunId() {
    return RunIds.create(Instant.now(), new SecureRandom());
  }

  /**
   * Resumes an earlier run with this id. Empty if there is no such run. The options of the plan
   * already combine the statement and the command line; the statement takes precedence.
   */
  private Optional<StatementResult> continueRun(String runId, InferencePlan plan, String text) {
    try {
      return switch (EarlierRun.find(database, runId, text, options.lease())) {
        case NONE -> Optional.empty();
        case UNFINISHED ->
            Optional.of(
                resume(
                    runId,
                    ResumeMode.KEEP_NEWER_RESULT,
                    OptionSet.of(plan.options().toMap(), "the statement")));
        case SUCCEEDED ->
            Optional.of(new StatementResult.Done("Run " + runId + " has succeeded already"));
      };
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot look up run " + runId, e);
    }
  }

  private StatementResult begin(StatementPlan plan, String text, String runId) {
    StageClock clock = new StageClock(listener);
    try {
      String model = plan.run().model();
      StageClock.Stage stage =
          clock.begin("plan", model.isEmpty() ? "the choice of models" : model);
      DatabaseSession session = user.session();
      CheckedRun checked = checks(session).check(plan, runId, text);
      stage.end(runId, "checks passed");
      return new RunExecution(database, spark, options, listener, clock).start(checked, session);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot plan the statement at " + plan.position(), e);
    }
  }

  private RunChecks checks(DatabaseSession session) throws SQLException {
    return RunChecks.overSelection(
        session,
        models(session),
        user.database(),
        options.baseDirectory(),
        () -> spark.get().sparkContext().isLocal(),
        Optional.of(database));
  }

  private <T> T withModels(Statement statement, ModelCall<T> call) {
    prepareSystemSchema();
    try {
      return call.on(models(user.session()));
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot execute the statement at " + statement.position(), e);
    }
  }

  private interface ModelCall<T> {
    T on(ModelRepository models) throws SQLException;
  }

  @Override
  public void close() {
    try {
      user.close();
    } catch (SQLException e) {
      // the connection is already lost
    }
    DatabaseSession.closeIdle(database);
  }

  private void prepareSystemSchema() {
    try {
      SystemSchema.migrate(database);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot prepare SeeQL's own tables", e);
    }
  }

  private final class Execution implements Statement.Visitor<StatementResult> {
    @Override
    public StatementResult visitSql(SqlStatement statement) {
      try {
        StatementResult result = StatementResult.of(user.execute(statement.sql()));
        return USE.matcher(statement.sql()).find()
            ? new StatementResult.Done(
                user.database().map(name -> "Database " + name).orElse("No database"))
            : result;
      } catch (SQLException e) {
        throw refused(statement, e);
      }
    }

    private RefusalException refused(SqlStatement statement, SQLException error) {
      RefusalException refusal =
          DatabaseErrors.refused("Cannot execute the statement at " + statement.position(), error);
      return DatabaseErrors.isSyntaxError(error)
          ? ForgottenTo.hint(statement.sql())
              .map(hint -> new RefusalException(refusal.getMessage() + "; " + hint, error))
              .orElse(refusal)
          : refusal;
    }

    @Override
    public StatementResult visitRun(RunStatement statement) {
      return infer(statement);
    }

    @Override
    public StatementResult visitPredict(PredictStatement statement) {
      return infer(statement);
    }

    @Override
    public StatementResult visitCreateModel(CreateModelStatement statement) {
      return new StatementResult.Done(
          ModelDisplay.created(withModels(statement, models -> models.create(statement))));
    }

    @Override
    public StatementResult visitDropModel(DropModelStatement statement) {
      boolean dropped = withModels(statement, models -> models.drop(statement));
      return new StatementResult.Done(
          dropped
              ? "Dropped model " + statement.model()
              : "There is no model " + statement.model() + " to drop");
    }

    @Override
    public StatementResult visitShowModels(ShowModelsStatement statement) {
      return ModelDisplay.table(withModels(statement, ModelRepository::all));
    }

    @Override
    public StatementResult visitShowRuns(ShowRunsStatement statement) {
      prepareSystemSchema();
      try {
        return new StatementResult.RunTable(new RunInventory(database).latest(statement.limit()));
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot execute the statement at " + statement.position(), e);
      }
    }

    @Override
    public StatementResult visitDescribeModel(DescribeModelStatement statement) {
      String name = statement.model().plain();
      return withModels(
          statement,
          models -> {
            Optional<RegisteredModel> model = models.find(name);
            if (model.isEmpty()) {
              throw new RefusalException(models.unknown(name));
            }
            return ModelDisplay.details(
                model.get(), new ProfileRepository(user.session()).describe(model.get()));
          });
    }

    @Override
    public StatementResult visitFind(FindStatement statement) {
      return infer(statement);
    }

    @Override
    public StatementResult visitTrain(TrainStatement statement) {
      return infer(statement);
    }

    @Override
    public StatementResult visitEvaluate(EvaluateStatement statement) {
      return infer(statement);
    }

    @Override
    public StatementResult visitExplain(ExplainStatement statement) {
      return infer(statement);
    }

    @Override
    public StatementResult visitShowTrain(ShowTrainStatement statement) {
      String name = statement.model().plain();
      return withModels(
          statement,
          models -> {
            Optional<RegisteredModel> model = models.find(name);
            if (model.isEmpty()) {
              throw new RefusalException(models.unknown(name));
            }
            return new StatementResult.ModelDetails(
                name,
                TrainingRecord.find(user.session(), model.get())
                    .orElseThrow(
                        () ->
                            new RefusalException(
                                "No training created model '%s', version %d; DESCRIBE MODEL %s shows its properties"
                                    .formatted(
                                        name,
                                        model.get().version(),
                                        statement.model().written()))));
          });
    }

    @Override
    public StatementResult visitExplainPlan(ExplainPlanStatement statement) {
      if (statement.extent() == ExplainPlanStatement.Extent.ANALYZE) {
        return analyzed(statement.statement().accept(this));
      }
      prepareSystemSchema();
      try {
        DatabaseSession session = user.session();
        return new Explainer(options, session, checks(session)).explain(statement.statement());
      } catch (SQLException e) {
        throw DatabaseErrors.refused("Cannot explain the statement at " + statement.position(), e);
      }
    }

    private StatementResult infer(SelectingStatement statement) {
      StatementPlan plan = StatementPlans.of(statement, options.programs(), options.commandLine());
      return run(plan, StatementText.of(statement));
    }

    private StatementResult analyzed(StatementResult result) {
      if (!(result instanceof StatementResult.FindSummary find)) {
        return result;
      }
      find.run().predictions().ifPresent(StatementResult.Rows::close);
      String text = find.report().tree() + "\n" + String.join("\n", find.report().totals()) + "\n";
      return new StatementResult.Explanation(text, find.report().document());
    }
  }
}
