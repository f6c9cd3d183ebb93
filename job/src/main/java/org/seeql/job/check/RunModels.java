package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.find.FindRecords;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.plan.WriteMode;
import org.seeql.planner.statement.TableName;

/** The models that a run's images go through. */
public sealed interface RunModels {
  /** What {@code runs} calls the kind of a run with a plan. */
  String FIND = InferencePlan.Kind.FIND.name().toLowerCase(Locale.ROOT);

  String EVALUATE = InferencePlan.Kind.EVALUATE.name().toLowerCase(Locale.ROOT);

  /** What the executors do with them. */
  public ModelAssignment work();

  /** What {@code runs} calls them. */
  public String names();

  /** What {@code runs} calls what they do. */
  public String task();

  /** That of the one model; 0 for a plan, which names its models itself. */
  public int version();

  /** The plan, where there is one. */
  public Optional<FindRecords.KeptPlan> plan();

  /** What {@code runs} keeps of a run with these models. */
  public default RunRecord record(
      InferencePlan plan,
      RunOptions options,
      String runId,
      String statement,
      Optional<TableName> table,
      WriteMode mode,
      ResultLayout layout,
      String root) {
    return new RunRecord(
        runId,
        statement,
        plan.kind().name().toLowerCase(Locale.ROOT),
        task(),
        plan.program(),
        options,
        names(),
        version(),
        table,
        mode,
        layout,
        root);
  }

  public record One(RegisteredModel model) implements RunModels {
    public One {
      requireNonNull(model, "model is null");
    }

    @Override
    public ModelAssignment work() {
      return new ModelAssignment.OneModel(model.description());
    }

    @Override
    public String names() {
      return model.description().name();
    }

    @Override
    public String task() {
      return model.task();
    }

    @Override
    public int version() {
      return model.version();
    }

    @Override
    public Optional<FindRecords.KeptPlan> plan() {
      return Optional.empty();
    }
  }

  public record Planned(FindRecords.KeptPlan kept) implements RunModels {
    // that of the column
    private static final int LONGEST_NAMES = 255;

    public Planned {
      requireNonNull(kept, "kept is null");
    }

    @Override
    public ModelAssignment work() {
      return kept.work();
    }

    @Override
    public String names() {
      String names = kept.work().names();
      return names.substring(0, Math.min(names.length(), LONGEST_NAMES));
    }

    @Override
    public String task() {
      return FIND;
    }

    @Override
    public int version() {
      return 0;
    }

    @Override
    public Optional<FindRecords.KeptPlan> plan() {
      return Optional.of(kept);
    }

    /** The plan's models, in its order. */
    public List<String> modelNames() {
      return kept.work().models().stream().map(BoundModel::name).toList();
    }
  }
}
