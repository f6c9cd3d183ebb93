package org.seeql.job.model;

import java.util.Optional;
import java.util.Set;
import org.seeql.planner.plan.Variation;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.model.ModelDescription;

/** Converts the variations of options to those of models. */
public final class ModelVariations {
  // A fixed seed: the same image gets the same answer in every run and every partition. A
  // registered variation answers as its base does in a run with the same options.
  private static final long SEED = 1;

  private ModelVariations() {}

  public static ModelVariation of(Variation variation) {
    return new ModelVariation(
        variation.latency(),
        variation.accuracy(),
        variation.classCoverage().orElse(Set.of()),
        SEED);
  }

  /**
   * The problem of a variation of a model that cannot be varied in this way: it has no class of
   * {@code class_coverage}, or no classes at all.
   */
  public static Optional<String> problem(Variation variation, ModelDescription model) {
    if (model.layout().hasClasses()) {
      return unknownClass(variation, model);
    }
    return variation.accuracy() < 1 || variation.classCoverage().isPresent()
        ? Optional.of(
            "Invalid accuracy or class_coverage: model '%s' returns vectors, which have no classes; remove these options"
                .formatted(model.name()))
        : Optional.empty();
  }

  /** The problem of a variation whose {@code class_coverage} has a class that the model lacks. */
  private static Optional<String> unknownClass(Variation variation, ModelDescription model) {
    int classes = model.labels().size();
    return variation.classCoverage().stream()
        .flatMap(Set::stream)
        .filter(id -> id < 0 || id >= classes)
        .findFirst()
        .map(
            id ->
                "Invalid class_coverage: model '%s' has no class %d (0 to %d)"
                    .formatted(model.name(), id, classes - 1));
  }
}
