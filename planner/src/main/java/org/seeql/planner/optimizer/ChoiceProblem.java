package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.World;
import org.seeql.planner.predicate.Predicate;

/**
 * The problem of choosing models that answer a predicate within bounds.
 *
 * @param strategy one of {@link Strategy#OF_ANSWERS}
 * @param maximize the measure to maximize if quality is the goal; also breaks ties in cost
 * @param models with unique names, in any order
 * @param confidenceLevel if present, quality bounds apply to the lower end of the confidence
 *     interval of this level (0 to 1, exclusive); requires a {@link PresenceSample}
 * @param timeout a safeguard: the search stops after it and returns its best plan so far; it never
 *     stops before it has found a plan
 */
public record ChoiceProblem(
    Predicate predicate,
    Strategy strategy,
    Bounds bounds,
    Measure maximize,
    World world,
    List<ModelProfile> models,
    OptionalDouble confidenceLevel,
    Optional<Duration> timeout) {
  public ChoiceProblem {
    requireNonNull(predicate, "predicate is null");
    requireNonNull(strategy, "strategy is null");
    if (!Strategy.OF_ANSWERS.contains(strategy)) {
      throw strategy.notSupported();
    }
    requireNonNull(bounds, "bounds is null");
    requireNonNull(maximize, "maximize is null");
    requireNonNull(world, "world is null");
    models = List.copyOf(models);
    requireNonNull(confidenceLevel, "confidenceLevel is null");
    requireNonNull(timeout, "timeout is null");
    Set<String> names = new HashSet<>();
    for (ModelProfile model : models) {
      if (!names.add(model.name())) {
        throw new IllegalArgumentException("two models have the name " + model.name());
      }
      model.classes().forEach((name, skill) -> checkFits(model.name(), name, skill, world));
    }
    if (confidenceLevel.isPresent()) {
      double level = confidenceLevel.getAsDouble();
      if (!(level > 0 && level < 1) || !(world instanceof PresenceSample)) {
        throw new IllegalArgumentException(
            "a confidence level must be between 0 and 1 and needs a sample: " + level);
      }
    }
  }

  private static void checkFits(String model, String name, ClassSkill skill, World world) {
    if (skill instanceof ClassSkill.Answers answers) {
      int rows = world instanceof PresenceSample sample ? sample.rows().size() : 0;
      if (answers.byRow().length() != rows) {
        throw new IllegalArgumentException(
            "model %s has %d answers about %s, but the sample has %d rows"
                .formatted(model, answers.byRow().length(), name, rows));
      }
    }
  }

  /** The problem of the best plan without bounds. */
  public static ChoiceProblem of(Predicate predicate, World world, List<ModelProfile> models) {
    return new ChoiceProblem(
        predicate,
        Strategy.OPTIMAL,
        Bounds.NONE,
        Measure.ACCURACY,
        world,
        models,
        OptionalDouble.empty(),
        Optional.empty());
  }

  public ChoiceProblem with(Strategy other) {
    return new ChoiceProblem(
        predicate, other, bounds, maximize, world, models, confidenceLevel, timeout);
  }

  public ChoiceProblem with(Bounds other) {
    return new ChoiceProblem(
        predicate, strategy, other, maximize, world, models, confidenceLevel, timeout);
  }

  public ChoiceProblem with(Measure other) {
    return new ChoiceProblem(
        predicate, strategy, bounds, other, world, models, confidenceLevel, timeout);
  }

  public ChoiceProblem withConfidenceLevel(double level) {
    return new ChoiceProblem(
        predicate, strategy, bounds, maximize, world, models, OptionalDouble.of(level), timeout);
  }

  public ChoiceProblem withTimeout(Duration limit) {
    return new ChoiceProblem(
        predicate, strategy, bounds, maximize, world, models, confidenceLevel, Optional.of(limit));
  }
}
