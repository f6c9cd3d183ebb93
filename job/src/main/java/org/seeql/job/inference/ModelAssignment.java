package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.udf.model.ModelDescription;

/** What a run has models do with its images. Travels to the executors. */
public sealed interface ModelAssignment extends Serializable {

  /** The models' names, for people. */
  String names();

  /** One model sees every image, and its predictions are the rows. */
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

  /**
   * A plan says which model sees which image, and whether the image is a row.
   *
   * @param models all of the plan's
   */
  record PlannedModels(DecisionPlan plan, List<BoundModel> models, Kept kept)
      implements ModelAssignment {
    private static final long serialVersionUID = 1L;

    public PlannedModels {
      requireNonNull(plan, "plan is null");
      requireNonNull(kept, "kept is null");
      // A list of its own: what List.copyOf gives is the JDK's to serialise
      models = List.copyOf(new ArrayList<>(models));
      List<String> names = models.stream().map(BoundModel::name).toList();
      if (!names.containsAll(plan.models())) {
        throw new IllegalArgumentException(
            "the plan runs " + plan.models() + ", and the models are " + names);
      }
    }

    @Override
    public String names() {
      return models.isEmpty()
          ? "no model"
          : models.stream().map(BoundModel::name).collect(Collectors.joining(", "));
    }
  }

  /** Which images become rows. */
  enum Kept {
    /** Those for which the plan says yes. */
    FOUND,
    /** All, with the answer in a column. */
    ALL
  }
}
