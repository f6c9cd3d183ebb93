package org.seeql.launcher.graph;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.seeql.launcher.graph.Resource.AnyModel;
import org.seeql.launcher.graph.Resource.Model;
import org.seeql.launcher.graph.Resource.Table;
import org.seeql.planner.parser.SelectAnatomy;
import org.seeql.planner.parser.TableAccess;
import org.seeql.planner.plan.AutoPlanner;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.InferencePlans;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.plan.WriteMode;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/** Finds what each statement touches. */
final class FootprintFinder implements Statement.Visitor<Footprint> {
  private final ProgramCatalog programs;
  private final OptionSet options;

  FootprintFinder(ProgramCatalog programs, OptionSet options) {
    this.programs = programs;
    this.options = options;
  }

  @Override
  public Footprint visitSql(SqlStatement statement) {
    return TableAccess.of(statement.sql())
        .map(
            access ->
                Footprint.of(
                    tables(access.reads()), tables(access.appends()), tables(access.writes())))
        .orElse(Footprint.OF_ANYTHING);
  }

  @Override
  public Footprint visitRun(RunStatement statement) {
    Optional<InferencePlan> plan = planned(statement);
    Set<Resource> models = new HashSet<>();
    plan.ifPresent(p -> models.add(new Model(p.model())));
    return selecting(
        statement.select(), models, tables(Set.copyOf(statement.into())), appends(plan));
  }

  @Override
  public Footprint visitPredict(PredictStatement statement) {
    Optional<InferencePlan> plan = planned(statement);
    Resource model = AutoPlanner.isAuto(statement) ? new AnyModel() : Model.of(statement.model());
    return selecting(
        statement.select(), Set.of(model), Set.of(new Table(statement.table())), appends(plan));
  }

  @Override
  public Footprint visitFind(FindStatement statement) {
    return writing(statement.select(), new AnyModel(), tables(statement.into()));
  }

  @Override
  public Footprint visitTrain(TrainStatement statement) {
    Set<Resource> models = new HashSet<>();
    statement.using().map(Model::of).ifPresent(models::add);
    return selecting(
        statement.select(), models, Set.of(Model.of(statement.model())), Landing.WRITE);
  }

  @Override
  public Footprint visitEvaluate(EvaluateStatement statement) {
    // what it measures is kept with the model, for those who choose
    Set<Resource> written = Set.of(Model.of(statement.model()), new Table(statement.into()));
    return selecting(statement.select(), Set.of(), written, Landing.WRITE);
  }

  @Override
  public Footprint visitExplain(ExplainStatement statement) {
    return writing(statement.select(), Model.of(statement.model()), tables(statement.into()));
  }

  @Override
  public Footprint visitCreateModel(CreateModelStatement statement) {
    return changing(statement.model());
  }

  @Override
  public Footprint visitDropModel(DropModelStatement statement) {
    return changing(statement.model());
  }

  @Override
  public Footprint visitShowModels(ShowModelsStatement statement) {
    return reading(new AnyModel());
  }

  @Override
  public Footprint visitDescribeModel(DescribeModelStatement statement) {
    return reading(Model.of(statement.model()));
  }

  @Override
  public Footprint visitShowTrain(ShowTrainStatement statement) {
    return reading(Model.of(statement.model()));
  }

  /** A plan looks at what the run would read, and at what it would write to. */
  @Override
  public Footprint visitExplainPlan(ExplainPlanStatement statement) {
    Footprint of = statement.statement().accept(this);
    if (statement.extent() == ExplainPlanStatement.Extent.ANALYZE) {
      return of;
    }
    Set<Resource> reads = new HashSet<>(of.reads());
    reads.addAll(of.appends());
    reads.addAll(of.writes());
    return new Footprint(reads, Set.of(), Set.of(), of.scope());
  }

  /** How rows get into a statement's target. */
  private enum Landing {
    APPEND,
    WRITE
  }

  private static Landing appends(Optional<InferencePlan> plan) {
    // a run that does only what is new depends on what others have added, and is refused beside
    // them
    boolean append =
        plan.map(InferencePlan::options)
            .filter(o -> !o.onlyNew())
            .flatMap(o -> o.mode())
            .filter(m -> m == WriteMode.APPEND)
            .isPresent();
    return append ? Landing.APPEND : Landing.WRITE;
  }

  private static Footprint writing(String select, Resource model, Set<Resource> targets) {
    return selecting(select, Set.of(model), targets, Landing.WRITE);
  }

  private static Footprint selecting(
      String select, Set<Resource> models, Set<Resource> targets, Landing landing) {
    Optional<SelectAnatomy> anatomy = SelectAnatomy.of(select);
    if (anatomy.isEmpty()) {
      return Footprint.OF_ANYTHING;
    }
    Set<Resource> reads = new HashSet<>(tables(anatomy.get().tables()));
    reads.addAll(models);
    return landing == Landing.APPEND
        ? Footprint.of(reads, targets, Set.of())
        : Footprint.of(reads, Set.of(), targets);
  }

  private static Footprint reading(Resource resource) {
    return Footprint.of(Set.of(resource), Set.of(), Set.of());
  }

  private static Footprint changing(ModelName model) {
    return Footprint.of(Set.of(), Set.of(), Set.of(Model.of(model)));
  }

  private static Set<Resource> tables(Optional<TableName> table) {
    return table.isPresent() ? tables(Set.of(table.get())) : Set.of();
  }

  private static Set<Resource> tables(Set<TableName> names) {
    Set<Resource> tables = new HashSet<>();
    names.forEach(name -> tables.add(new Table(name)));
    return tables;
  }

  /** Empty for a program of a container, and for what will be refused when it runs. */
  private Optional<InferencePlan> planned(Statement statement) {
    try {
      return InferencePlans.of(statement, programs, options);
    } catch (PlanningException e) {
      return Optional.empty();
    }
  }
}
