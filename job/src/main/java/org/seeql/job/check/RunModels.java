package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.find.FindRecords;
import org.seeql.job.find.ReferenceRequest;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.job.model.RegisteredModel;
import org.seeql.job.train.FeatureModel;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.udf.explain.SaliencyOptions;

/** The models that process the images of a run. */
public sealed interface RunModels {
  /** Models whose assignment to the images is known. */
  public sealed interface Assigned extends RunModels {
    /** How the executors use the models. */
    public ModelAssignment work();
  }

  /** The search that the run records, if it is one. */
  public Optional<FindRecords.KeptSearch> search();

  /** The models as recorded in {@code runs}. */
  public RunRecord.Models recorded();

  /** The models of a stored search. */
  public static RunModels of(FindRecords.KeptSearch search) {
    return search instanceof FindRecords.KeptPlan plan
        ? new Planned(plan)
        : new Referenced((FindRecords.KeptRequest) search);
  }

  public record One(RegisteredModel model) implements Assigned {
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
    public Optional<FindRecords.KeptSearch> search() {
      return Optional.empty();
    }
  }

  /**
   * A model whose answers are explained.
   *
   * @param cost of the explanations
   */
  public record Explained(RegisteredModel model, SaliencyOptions options, ExplanationCost cost)
      implements Assigned {
    public Explained {
      requireNonNull(model, "model is null");
      requireNonNull(options, "options is null");
      requireNonNull(cost, "cost is null");
    }

    @Override
    public ModelAssignment work() {
      return new ModelAssignment.ExplainedModel(model.description(), options);
    }

    @Override
    public RunRecord.Models recorded() {
      return new One(model).recorded();
    }

    @Override
    public Optional<FindRecords.KeptSearch> search() {
      return Optional.empty();
    }
  }

  /** A backbone, whose features are the rows of a training. */
  public record Features(FeatureModel features) implements Assigned {
    public Features {
      requireNonNull(features, "features is null");
    }

    @Override
    public ModelAssignment work() {
      return new ModelAssignment.OneModel(features.description());
    }

    @Override
    public RunRecord.Models recorded() {
      return new RunRecord.Models(
          features.backbone().task().toString(),
          features.backbone().description().name(),
          features.backbone().version());
    }

    @Override
    public Optional<FindRecords.KeptSearch> search() {
      return Optional.empty();
    }
  }

  /** Models of which a plan assigns some to each image. */
  public record Planned(FindRecords.KeptPlan kept) implements Assigned {
    public Planned {
      requireNonNull(kept, "kept is null");
    }

    @Override
    public ModelAssignment work() {
      return kept.work();
    }

    @Override
    public RunRecord.Models recorded() {
      return ofSearch(kept.work().names());
    }

    @Override
    public Optional<FindRecords.KeptSearch> search() {
      return Optional.of(kept);
    }

    /** The models of the plan, in the order of the plan. */
    public List<String> modelNames() {
      return kept.work().models().stream().map(BoundModel::name).toList();
    }
  }

  /** Models from which the run chooses a plan with a reference model. */
  public record Referenced(FindRecords.KeptRequest kept) implements RunModels {
    public Referenced {
      requireNonNull(kept, "kept is null");
    }

    public ReferenceRequest request() {
      return kept.request();
    }

    @Override
    public RunRecord.Models recorded() {
      return ofSearch(String.join(", ", request().names()));
    }

    @Override
    public Optional<FindRecords.KeptSearch> search() {
      return Optional.of(kept);
    }
  }

  /** The version is 0: the record of the search contains the versions. */
  private static RunRecord.Models ofSearch(String names) {
    // Length of the column
    int longest = 255;
    return new RunRecord.Models(
        InferencePlan.Kind.FIND.word(), names.substring(0, Math.min(names.length(), longest)), 0);
  }
}
