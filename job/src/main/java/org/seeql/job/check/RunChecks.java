package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.evaluate.EvaluationCheck;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.evaluate.EvaluationTable;
import org.seeql.job.find.ChosenPlan;
import org.seeql.job.find.FindRecords;
import org.seeql.job.find.ModelChoice;
import org.seeql.job.find.PlanChoice;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.plan.AutoPlan;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.EvaluationPlan;
import org.seeql.planner.plan.FindPlan;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.plan.WriteMode;
import org.seeql.planner.statement.TableName;

/** Checks a run before it starts and reports all problems together. For one statement. */
public final class RunChecks {
  private static final Optional<ResultLayout> EVALUATION = Optional.of(EvaluationTable.LAYOUT);

  private final DatabaseSession session;
  private final ModelRepository models;
  private final RequestFingerprints inquiries;
  private final Optional<String> database;
  private final ImagesCheck selection;
  private final List<String> problems = new ArrayList<>();
  private final LayoutCheck layouts = new LayoutCheck(problems::add);
  private final Optional<RightsCheck> rights;

  /**
   * Checks runs over what a session sees.
   *
   * @param database the database of tables that are named without one
   * @param sparkIsLocal whether models run on this machine
   * @param writer the connections over which the run writes; empty if its rows only go to Spark
   */
  public RunChecks(
      DatabaseSession session,
      ModelRepository models,
      Optional<String> database,
      Path baseDirectory,
      BooleanSupplier sparkIsLocal,
      Optional<DatabaseConnector> writer) {
    this.session = requireNonNull(session, "session is null");
    this.models = requireNonNull(models, "models is null");
    this.inquiries = new RequestFingerprints(models);
    this.database = requireNonNull(database, "database is null");
    this.rights = writer.map(connector -> new RightsCheck(connector, problems::add));
    this.selection =
        new SelectionCheck(session, database, baseDirectory, sparkIsLocal, problems::add);
  }

  /**
   * Checks runs over a frame.
   *
   * @param columns the columns of the frame
   * @param sparkIsLocal whether models run on this machine
   */
  public RunChecks(
      DatabaseSession session,
      ModelRepository models,
      List<String> columns,
      Path baseDirectory,
      BooleanSupplier sparkIsLocal) {
    this.session = requireNonNull(session, "session is null");
    this.models = requireNonNull(models, "models is null");
    this.inquiries = new RequestFingerprints(models);
    this.database = Optional.empty();
    this.rights = Optional.empty();
    this.selection = new FrameCheck(columns, baseDirectory, sparkIsLocal, problems::add);
  }

  /**
   * Checks a plan and returns its run.
   *
   * @throws PlanningException with all problems
   */
  public CheckedRun check(InferencePlan plan, String runId, String statement) throws SQLException {
    return check(plan, Optional.empty(), runId, statement);
  }

  /**
   * Chooses the model of a prediction, checks the plan and returns its run.
   *
   * @throws PlanningException with all problems
   */
  public CheckedRun check(AutoPlan auto, String runId, String statement) throws SQLException {
    Optional<RegisteredModel> model = new ModelChoice(session, models, problems::add).choose(auto);
    InferencePlan plan =
        model.map(m -> auto.run().withModel(m.description().name())).orElse(auto.run());
    return check(plan, Optional.empty(), runId, statement);
  }

  /**
   * Checks the plan of an evaluation and returns its run.
   *
   * @throws PlanningException with all problems
   */
  public CheckedRun check(EvaluationPlan plan, String runId, String statement) throws SQLException {
    return check(plan.run(), Optional.of(plan.options()), runId, statement);
  }

  /**
   * Chooses the models of a search, checks the plan and returns its run.
   *
   * @throws PlanningException with all problems
   */
  public CheckedSearch check(FindPlan find, String runId, String statement) throws SQLException {
    InferencePlan plan = find.run();
    SelectText text = selection.text(plan.select());
    Optional<ChosenPlan> chosen = new PlanChoice(session, models, problems::add).choose(find);
    Optional<SelectColumns> columns = selection.columns(plan.select(), text);
    Optional<String> root = selection.imageRoot(plan.options(), text, columns);
    selection.checkDevice(plan.options());
    Kept kept = find.options().keepAll() ? Kept.ALL : Kept.FOUND;
    Optional<ResultLayout> layout = columns.flatMap(c -> layouts.found(plan, kept, c));
    TargetCheck target = new TargetCheck(session, database, text, problems::add);
    Optional<TableName> table = Optional.empty();
    WriteMode mode = WriteMode.ERROR;
    if (plan.target().isPresent()) {
      table = target.resolve(plan.target().get(), plan.options());
    }
    if (table.isPresent()) {
      mode = target.mode(table.get(), plan, layout);
    }
    checkRights(plan, table, mode, layout, Optional.empty());
    Optional<RequestFingerprint> inquiry = Optional.empty();
    if (chosen.isPresent() && root.isPresent()) {
      PlannedModels work = chosen.get().work();
      RunOptions options = chosen.get().runOptions(plan.options());
      inquiry = inquiry(plan, table, inquiries.of(find.predicate(), work, options, root.get()));
    }
    if (!problems.isEmpty()) {
      throw new PlanningException(plan.position(), problems);
    }
    ChosenPlan choice = chosen.orElseThrow();
    RunModels planned =
        new RunModels.Planned(new FindRecords.KeptPlan(choice.work(), choice.dataset()));
    RunRecord run =
        planned.record(
            plan,
            choice.runOptions(plan.options()),
            runId,
            statement,
            table,
            mode,
            layout.orElseThrow(),
            root.orElseThrow());
    return new CheckedSearch(
        new CheckedRun(run, planned, plan.select(), Optional.empty(), inquiry), choice);
  }

  private CheckedRun check(
      InferencePlan plan, Optional<EvaluationOptions> evaluation, String runId, String statement)
      throws SQLException {
    RunOptions options = plan.options();
    SelectText text = selection.text(plan.select());
    Optional<SelectColumns> columns = selection.columns(plan.select(), text);
    Optional<RegisteredModel> model = model(plan);
    Optional<String> root = selection.imageRoot(options, text, columns);
    selection.checkDevice(options);
    TargetCheck target = new TargetCheck(session, database, text, problems::add);
    Optional<TableName> table = Optional.empty();
    if (plan.target().isPresent()) {
      table = target.resolve(plan.target().get(), options);
    }
    Optional<ResultLayout> layout = Optional.empty();
    if (columns.isPresent()) {
      layout = layouts.of(plan, evaluation, model, columns.get(), target.readsWideResult());
    }
    Optional<EvaluationCheck.Labels> labels = Optional.empty();
    if (evaluation.isPresent() && layout.isPresent() && columns.get().duplicates().isEmpty()) {
      labels =
          new EvaluationCheck(session, plan.select(), complete(text.tables()), problems::add)
              .check(
                  model.orElseThrow().description(),
                  evaluation.get(),
                  columns.get(),
                  layout.get().idColumn());
    }
    WriteMode mode = WriteMode.ERROR;
    if (table.isPresent()) {
      mode = target.mode(table.get(), plan, evaluation.isPresent() ? EVALUATION : layout);
    }
    checkRights(plan, table, mode, layout, evaluation);
    Optional<RequestFingerprint> inquiry = Optional.empty();
    if (evaluation.isEmpty() && model.isPresent() && root.isPresent()) {
      inquiry = inquiry(plan, table, inquiries.of(model.get(), options, root.get()));
    }
    if (!problems.isEmpty()) {
      throw new PlanningException(plan.position(), problems);
    }
    RunModels found = new RunModels.One(model.orElseThrow());
    RunRecord run =
        found.record(
            plan,
            options,
            runId,
            statement,
            evaluation.isPresent() ? Optional.empty() : table,
            mode,
            layout.orElseThrow(),
            root.orElseThrow());
    return new CheckedRun(run, found, plan.select(), settings(labels, table, mode), inquiry);
  }

  /** The request fingerprint of a run with a target table, which may already contain answers. */
  private Optional<RequestFingerprint> inquiry(
      InferencePlan plan, Optional<TableName> table, RequestFingerprint inquiry)
      throws SQLException {
    if (plan.options().onlyNew()) {
      OnlyNewCheck check = new OnlyNewCheck(session, problems::add);
      check.checkTarget(plan.target());
      if (table.isPresent()) {
        check.check(table.get(), inquiry);
      }
    }
    return table.map(into -> inquiry);
  }

  private void checkRights(
      InferencePlan plan,
      Optional<TableName> table,
      WriteMode mode,
      Optional<ResultLayout> layout,
      Optional<EvaluationOptions> evaluation)
      throws SQLException {
    if (rights.isPresent() && (table.isPresent() || plan.target().isEmpty())) {
      boolean evaluates = evaluation.isPresent();
      rights
          .get()
          .check(
              plan.options(),
              table.map(
                  into ->
                      new RightsCheck.Target(
                          into, mode, evaluates ? EVALUATION : layout, evaluates)));
    }
  }

  private static Optional<EvaluationSettings> settings(
      Optional<EvaluationCheck.Labels> labels, Optional<TableName> table, WriteMode mode) {
    return labels.map(
        found ->
            new EvaluationSettings(found.options(), found.database(), table.orElseThrow(), mode));
  }

  private List<TableName> complete(List<TableName> tables) {
    return tables.stream()
        .flatMap(t -> t.database().or(() -> database).map(d -> TableName.of(d, t.name())).stream())
        .toList();
  }

  private Optional<RegisteredModel> model(InferencePlan plan) throws SQLException {
    if (plan.model().isEmpty()) {
      return Optional.empty(); // no model could be chosen; already reported
    }
    Optional<RegisteredModel> model = models.find(plan.model());
    if (model.isEmpty()) {
      problems.add(models.unknown(plan.model()));
      return model;
    }
    String task = model.get().task();
    plan.task()
        .map(wanted -> wanted.name().toLowerCase(Locale.ROOT))
        .filter(wanted -> !wanted.equals(task))
        .ifPresent(
            wanted ->
                problems.add(
                    "Program '%s' needs to %s, but model '%s' can only %s"
                        .formatted(plan.program(), wanted, plan.model(), task)));
    int classes = model.get().description().labels().size();
    plan.options().variation().flatMap(v -> v.classCoverage()).stream()
        .flatMap(Set::stream)
        .filter(id -> id < 0 || id >= classes)
        .findFirst()
        .ifPresent(
            id ->
                problems.add(
                    "Invalid class_coverage: model '%s' has no class %d (0 to %d)"
                        .formatted(plan.model(), id, classes - 1)));
    return model;
  }
}
