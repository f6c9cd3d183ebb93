package org.seeql.launcher.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seeql.launcher.graph.Resource.AnyModel;
import org.seeql.launcher.graph.Resource.Model;
import org.seeql.launcher.graph.Resource.RunTables;
import org.seeql.launcher.graph.Resource.Table;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.parser.SelectAnatomy;
import org.seeql.planner.parser.TableAccess;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.plan.StatementPlan;
import org.seeql.planner.plan.StatementPlans;
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
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/** Finds the footprint of a statement. */
final class FootprintFinder implements Statement.Visitor<Footprint> {
  /** The tables with the labels of images for TO EVALUATE, unless LABEL names a column. */
  private static final List<String> LABEL_TABLES = List.of("annotations", "categories");

  private final ProgramCatalog programs;
  private final OptionSet options;
  private final SqlMode mode;

  /**
   * @param mode the {@code sql_mode} that applies to the statement
   */
  FootprintFinder(ProgramCatalog programs, OptionSet options, SqlMode mode) {
    this.programs = programs;
    this.options = options;
    this.mode = mode;
  }

  @Override
  public Footprint visitSql(SqlStatement statement) {
    return TableAccess.of(statement.sql(), mode)
        .map(
            access ->
                Footprint.of(
                    tables(access.reads()), tables(access.appends()), tables(access.writes())))
        .orElse(Footprint.OF_ANYTHING);
  }

  @Override
  public Footprint visitRun(RunStatement statement) {
    Optional<InferencePlan> plan = planned(statement);
    Set<Resource> targets = tables(Set.copyOf(statement.into()));
    return plan.map(
            p ->
                inferring(statement.select(), Set.of(new Model(p.model())), targets, landing(plan)))
        .orElseGet(
            // a user's own program in a container, which writes no run records
            () -> selecting(statement.select(), Set.of(), Set.of(), targets));
  }

  @Override
  public Footprint visitPredict(PredictStatement statement) {
    Resource model = statement.isAuto() ? new AnyModel() : Model.of(statement.model());
    return inferring(
        statement.select(),
        Set.of(model),
        Set.of(new Table(statement.table())),
        landing(planned(statement)));
  }

  @Override
  public Footprint visitFind(FindStatement statement) {
    return writing(statement.select(), new AnyModel(), tables(statement.into()));
  }

  @Override
  public Footprint visitTrain(TrainStatement statement) {
    Set<Resource> models = new HashSet<>();
    statement.using().map(Model::of).ifPresent(models::add);
    planned(statement).ifPresent(plan -> models.add(new Model(plan.model())));
    return inferring(
        statement.select(), models, Set.of(Model.of(statement.model())), Landing.WRITE);
  }

  @Override
  public Footprint visitEvaluate(EvaluateStatement statement) {
    // the measurements are stored in the model's profile, which the choice of models reads
    Set<Resource> written =
        Set.of(
            Model.of(statement.model()),
            new Table(statement.into()),
            new Table(EvaluateStatement.matchesOf(statement.into())));
    Set<Resource> labels = statement.label().isPresent() ? Set.of() : labels(statement.select());
    return inferring(statement.select(), labels, written, Landing.WRITE);
  }

  /** The label tables of each database that the SELECT reads. */
  private Set<Resource> labels(String select) {
    Set<TableName> tables =
        SelectAnatomy.of(select, mode).map(SelectAnatomy::tables).orElse(Set.of());
    Set<Resource> labels = new HashSet<>();
    for (TableName table : tables) {
      for (String name : LABEL_TABLES) {
        labels.add(new Table(new TableName(table.database(), name)));
      }
    }
    return labels;
  }

  @Override
  public Footprint visitExplain(ExplainStatement statement) {
    return inferring(
        statement.select(),
        Set.of(Model.of(statement.model())),
        tables(statement.into()),
        landing(planned(statement)));
  }

  @Override
  public Footprint visitCreateModel(CreateModelStatement statement) {
    Set<Resource> base = new HashSet<>();
    statement.base().map(Model::new).ifPresent(base::add);
    return Footprint.of(base, Set.of(), Set.of(Model.of(statement.model())));
  }

  @Override
  public Footprint visitDropModel(DropModelStatement statement) {
    return changing(statement.model());
  }

  @Override
  public Footprint visitShowRuns(ShowRunsStatement statement) {
    return Footprint.OF_ANYTHING;
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

  /** EXPLAIN reads what the run would read, and also what it would write. */
  @Override
  public Footprint visitExplainPlan(ExplainPlanStatement statement) {
    Footprint of = statement.statement().accept(this);
    if (statement.extent() == ExplainPlanStatement.Extent.ANALYZE) {
      return of;
    }
    Set<Resource> reads = new HashSet<>(of.reads());
    reads.addAll(of.appends());
    reads.addAll(of.writes());
    reads.remove(new RunTables());
    return new Footprint(reads, Set.of(), Set.of(), of.scope());
  }

  /** How rows are written to a statement's target. */
  private enum Landing {
    APPEND,
    WRITE
  }

  private static Landing landing(Optional<InferencePlan> plan) {
    // A run with only_new depends on the rows that others append, and is refused while another run
    // writes to the target. It therefore counts as a write.
    boolean append =
        plan.map(InferencePlan::options)
            .filter(o -> !o.onlyNew())
            .flatMap(o -> o.mode())
            .filter(m -> m == WriteMode.APPEND)
            .isPresent();
    return append ? Landing.APPEND : Landing.WRITE;
  }

  private Footprint writing(String select, Resource model, Set<Resource> targets) {
    return inferring(select, Set.of(model), targets, Landing.WRITE);
  }

  /** Adds the accesses of every run: it reads the image roots and appends run records. */
  private Footprint inferring(
      String select, Set<Resource> read, Set<Resource> targets, Landing landing) {
    Set<Resource> reads = new HashSet<>(read);
    reads.add(new Table(SystemTables.IMAGE_ROOTS));
    Set<Resource> appends = new HashSet<>();
    appends.add(new RunTables());
    if (landing == Landing.APPEND) {
      appends.addAll(targets);
    }
    return selecting(select, reads, appends, landing == Landing.APPEND ? Set.of() : targets);
  }

  private Footprint selecting(
      String select, Set<Resource> read, Set<Resource> appends, Set<Resource> writes) {
    Optional<SelectAnatomy> anatomy = SelectAnatomy.of(select, mode);
    if (anatomy.isEmpty()) {
      return Footprint.OF_ANYTHING;
    }
    Set<Resource> reads = new HashSet<>(tables(anatomy.get().tables()));
    reads.addAll(read);
    return Footprint.of(reads, appends, writes);
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

  /**
   * The plan. Empty for a user's program in a container, and for a statement that is refused at run
   * time.
   */
  private Optional<InferencePlan> planned(Statement statement) {
    try {
      return StatementPlans.of(statement, programs, options).map(StatementPlan::run);
    } catch (PlanningException e) {
      return Optional.empty();
    }
  }
}
