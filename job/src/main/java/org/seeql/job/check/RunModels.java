package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.find.FindRecords;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.plan.InferencePlan;

/** The models that process the images of a run. */
public sealed interface RunModels {
  /** How the executors use the models. */
  public ModelAssignment work();

  /** The decision plan, if any. */
  public Optional<FindRecords.KeptPlan> plan();

  /** The models as recorded in {@code runs}. */
  public RunRecord.Models recorded();

  public record One(RegisteredModel model) implements RunModels {
    public One {
      requireNonNull(model, "model is null");
    }

    @Override
    public ModelAssignment work() {
      return new ModelAssignment.OneModel(model.description());
    }

    @Override
    public RunRecord.Models recorded() {
      return new RunRecord.Models(
          model.task().toString(), model.description().name(), model.version());
    }

    @Override
    public Optional<FindRecords.KeptPlan> plan() {
      return Optional.empty();
    }
  }

  public record Planned(FindRecords.KeptPlan kept) implements RunModels {
    // Length of the column
    private static final int LONGEST_NAMES = 255;

    public Planned {
      requireNonNull(kept, "kept is null");
    }

    @Override
    public ModelAssignment work() {
      return kept.work();
    }

    /** The version is 0: the plan stores the versions itself. */
    @Override
    public RunRecord.Models recorded() {
      String names = kept.work().names();
      return new RunRecord.Models(
          InferencePlan.Kind.FIND.word(),
          names.substring(0, Math.min(names.length(), LONGEST_NAMES)),
          0);
    }

    @Override
    public Optional<FindRecords.KeptPlan> plan() {
      return Optional.of(kept);
    }

    /** The models of the plan, in the order of the plan. */
    public List<String> modelNames() {
      return kept.work().models().stream().map(BoundModel::name).toList();
    }
  }
}
