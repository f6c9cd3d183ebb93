package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.RunIds;
import org.seeql.job.SessionOptions;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.plan.StatementPlan;
import org.seeql.planner.plan.StatementPlans;
import org.seeql.planner.statement.Attributes;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/**
 * Plans statements whose rows go into a Spark frame. Performs the same checks as for a run and
 * reports all problems together. Thread-safe; holds no connection.
 */
public final class FramePlanner {
  private static final String NO_RUN = "no run";
  private static final String LIMIT = OptionTable.MAX_FAILED_IMAGES.name();
  private static final Pattern LIMIT_ARGUMENT =
      Pattern.compile("--max[_-]failed[_-]images(=.*)?", Pattern.CASE_INSENSITIVE);

  private final DatabaseConnector database;
  private final SessionOptions options;
  private final BooleanSupplier sparkIsLocal;

  /**
   * @param database contains the models, and the images if they are selected there
   * @param sparkIsLocal whether models run on this machine
   */
  public FramePlanner(
      DatabaseConnector database, SessionOptions options, BooleanSupplier sparkIsLocal) {
    this.database = requireNonNull(database, "database is null");
    this.options = requireNonNull(options, "options is null");
    this.sparkIsLocal = requireNonNull(sparkIsLocal, "sparkIsLocal is null");
  }

  /**
   * Plans a statement over images of the database. The system tables of the database must be up to
   * date.
   *
   * @throws PlanningException with all problems
   * @throws RefusalException if the database does not respond
   */
  public FramePlan overSelection(Statement statement) {
    return plan(
        statement,
        session ->
            RunChecks.overSelection(
                session,
                models(session),
                session.findCurrentDatabase(),
                options.baseDirectory(),
                sparkIsLocal,
                Optional.empty()));
  }

  /**
   * Plans a statement over the images of a frame.
   *
   * @param columns the columns of the frame
   * @throws PlanningException with all problems
   * @throws RefusalException if the database does not respond
   */
  public FramePlan overFrame(Statement statement, List<String> columns) {
    return plan(
        statement,
        session ->
            RunChecks.overFrame(
                session, models(session), columns, options.baseDirectory(), sparkIsLocal));
  }

  private ModelRepository models(DatabaseSession session) {
    return new ModelRepository(
        session, new ModelCache(options.modelCache()), options.baseDirectory());
  }

  private interface Checks {
    RunChecks in(DatabaseSession session) throws SQLException;
  }

  private FramePlan plan(Statement statement, Checks checks) {
    try {
      try (DatabaseSession session = DatabaseSession.open(database)) {
        return plan(statement, checks.in(session));
      }
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot plan the statement at " + statement.position(), e);
    }
  }

  private FramePlan plan(Statement statement, RunChecks checks) throws SQLException {
    SelectingStatement selecting =
        statement.findSelecting().orElseThrow(() -> notForSpark(statement));
    // The session's own limit applies to runs and is ignored for rows that are only shown
    if (selecting.accept(new SetsLimit()) && selecting.isShown()) {
      throw new PlanningException(
          statement.position(),
          List.of(
              LIMIT
                  + " needs INTO: without a target, rows are computed on demand and returned before all"
                  + " images are processed; remove it, or add INTO"));
    }
    StatementPlan plan = StatementPlans.of(selecting, options.programs(), options.commandLine());
    return framed(plan.run(), checks.check(plan.withoutTarget(), NO_RUN, NO_RUN));
  }

  private static PlanningException notForSpark(Statement statement) {
    return new PlanningException(
        statement.position(),
        List.of("only TO RUN, TO PREDICT, TO FIND and TO EXPLAIN can return their rows to Spark"));
  }

  /**
   * Whether the text of a statement limits the number of failed images. Refuses clauses that return
   * no rows.
   */
  private static final class SetsLimit implements SelectingStatement.Visitor<Boolean> {
    @Override
    public Boolean visitRun(RunStatement statement) {
      return statement.command().stream().anyMatch(word -> LIMIT_ARGUMENT.matcher(word).matches());
    }

    @Override
    public Boolean visitPredict(PredictStatement statement) {
      return isIn(statement.with());
    }

    @Override
    public Boolean visitFind(FindStatement statement) {
      return isIn(statement.with());
    }

    @Override
    public Boolean visitTrain(TrainStatement statement) {
      throw notForSpark(statement);
    }

    @Override
    public Boolean visitEvaluate(EvaluateStatement statement) {
      throw notForSpark(statement);
    }

    @Override
    public Boolean visitExplain(ExplainStatement statement) {
      return isIn(statement.with());
    }

    private static boolean isIn(Attributes with) {
      return OptionSet.of(with, "WITH").find(LIMIT).isPresent();
    }
  }

  private static FramePlan framed(InferencePlan plan, CheckedRun checked) {
    RunRecord record = checked.record();
    if (record.options().onlyNew()) {
      throw new PlanningException(
          plan.position(),
          List.of(
              "only_new needs a target in the database: SeeQL does not record the images of other targets"));
    }
    if (!(checked.models() instanceof RunModels.Assigned models)) {
      throw new PlanningException(
          plan.position(),
          List.of(
              "reference needs a target in the database: a run draws its sample from the stored selection; add INTO, or remove reference"));
    }
    if (models instanceof RunModels.Planned planned && planned.kept().audit().isPresent()) {
      throw new PlanningException(
          plan.position(),
          List.of(
              "audit needs a target in the database: a lazy frame has no run that could be audited; add INTO, or remove audit"));
    }
    RunOptions options =
        record.imageRoot().isEmpty()
            ? record.options()
            : record.options().with(OptionTable.IMAGE_DIR, record.imageRoot());
    return new FramePlan(
        plan.select(),
        record.layout(),
        models.work(),
        options,
        record.model(),
        RunIds.create(Instant.now(), new SecureRandom()),
        plan.target());
  }
}
