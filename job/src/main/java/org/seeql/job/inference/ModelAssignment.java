package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.udf.explain.SaliencyOptions;
import org.seeql.udf.model.ModelDescription;

/** Assigns models to the images of a run. Serialized to the executors. */
public sealed interface ModelAssignment extends Serializable {

  /** The models' names, for people. */
  String names();

  /** One model processes every image, and its predictions become the rows. */
  record OneModel(ModelDescription model) implements ModelAssignment {
    private static final long serialVersionUID = 1L;

    public OneModel {
      requireNonNull(model, "model is null");
    }

    @Override
    public String names() {
      return model.name();
    }
  }

  /** The answers of one model are explained. */
  record ExplainedModel(ModelDescription model, SaliencyOptions options)
      implements ModelAssignment {
    private static final long serialVersionUID = 1L;

    public ExplainedModel {
      requireNonNull(model, "model is null");
      requireNonNull(options, "options is null");
    }

    @Override
    public String names() {
      return model.name();
    }
  }

  /**
   * A plan decides which model processes which image, and whether the image becomes a row.
   *
   * @param models all models of the plan
   * @param sampled images to which the plan does not apply, because they are answered already
   */
  record PlannedModels(ModelPlan plan, List<BoundModel> models, Kept kept, SampledAnswers sampled)
      implements ModelAssignment {
    private static final long serialVersionUID = 1L;

    public PlannedModels {
      requireNonNull(plan, "plan is null");
      requireNonNull(kept, "kept is null");
      requireNonNull(sampled, "sampled is null");
      // Copies the list: the serialized form of a List.copyOf result is defined by the JDK
      models = List.copyOf(new ArrayList<>(models));
      List<String> names = models.stream().map(BoundModel::name).toList();
      if (!names.containsAll(plan.models())) {
        throw new IllegalArgumentException(
            "the plan runs " + plan.models() + ", but the models are " + names);
      }
    }

    /** A plan for all images. */
    public PlannedModels(ModelPlan plan, List<BoundModel> models, Kept kept) {
      this(plan, models, kept, SampledAnswers.NONE);
    }

    /** The lowest threshold of the models, 0 to 1; 1 if there is no model. */
    public double lowestThreshold() {
      return models.stream().mapToDouble(BoundModel::threshold).min().orElse(1);
    }

    @Override
    public String names() {
      return models.isEmpty()
          ? "no model"
          : models.stream().map(BoundModel::name).collect(Collectors.joining(", "));
    }
  }

  /** The images that become rows. */
  enum Kept {
    /** Images for which the plan decides yes. */
    FOUND,
    /** All images, with the decision in a column. */
    ALL
  }
}
