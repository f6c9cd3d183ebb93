package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.ModelVariations;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.Variation;

/** Checks the model that a statement names. For one statement. */
final class ModelCheck {
  private final ModelRepository models;
  private final Consumer<String> problems;

  ModelCheck(ModelRepository models, Consumer<String> problems) {
    this.models = requireNonNull(models, "models is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** Finds the model, and reports what it cannot do. Empty if the plan has no registered model. */
  Optional<RegisteredModel> find(InferencePlan plan) throws SQLException {
    if (plan.model().isEmpty()) {
      return Optional.empty(); // no model could be chosen; already reported
    }
    Optional<RegisteredModel> model = models.find(plan.model());
    if (model.isEmpty()) {
      problems.accept(models.unknown(plan.model()));
      return model;
    }
    checkTask(plan, model.get());
    checkVariation(plan, model.get());
    return model;
  }

  private void checkTask(InferencePlan plan, RegisteredModel model) {
    plan.task()
        .filter(wanted -> wanted != model.task())
        .ifPresent(
            wanted ->
                problems.accept(
                    "Program '%s' needs to %s, but model '%s' can only %s"
                        .formatted(plan.program(), wanted, plan.model(), model.task())));
  }

  private void checkVariation(InferencePlan plan, RegisteredModel model) {
    Optional<Variation> variation = plan.options().variation();
    if (variation.isEmpty()) {
      return;
    }
    if (model.base().isPresent()) {
      problems.accept(
          "Model '%s' is a variation of %s: a run cannot change accuracy, class_coverage or latency again; remove these options, or use '%s'"
              .formatted(plan.model(), model.base().get(), model.base().get().name()));
      return;
    }
    ModelVariations.problem(variation.get(), model.description()).ifPresent(problems);
  }
}
