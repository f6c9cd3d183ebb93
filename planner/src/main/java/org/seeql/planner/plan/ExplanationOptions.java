package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.OptionDefinition;
import org.seeql.planner.option.OptionList;
import org.seeql.planner.option.OptionScope;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.OptionValues;
import org.seeql.planner.statement.ExplainStatement;

/**
 * The options of TO EXPLAIN in addition to those of every run.
 *
 * @param method empty if the model's task determines it
 * @param values the options that only TO EXPLAIN has
 */
public record ExplanationOptions(Optional<ExplanationMethod> method, OptionValues values) {
  private static final OptionList OWN = OptionTable.of(OptionScope.EXPLAIN).notIn(OptionScope.RUN);

  private static final List<OptionDefinition<?>> OF_RANDOM_MASKS =
      List.of(OptionTable.MASKS, OptionTable.GRID, OptionTable.PROBABILITY, OptionTable.SEED);
  private static final List<OptionDefinition<?>> OF_WINDOWS =
      List.of(OptionTable.WINDOW, OptionTable.STRIDE);

  public ExplanationOptions {
    requireNonNull(method, "method is null");
    requireNonNull(values, "values is null");
  }

  /**
   * The options of a statement that has been planned before.
   *
   * @throws PlanningException with every invalid option
   */
  public static ExplanationOptions of(ExplainStatement statement) {
    List<String> problems = new ArrayList<>();
    ExplanationOptions options = parse(statement, problems::add);
    if (!problems.isEmpty()) {
      throw new PlanningException(statement.position(), problems);
    }
    return options;
  }

  static ExplanationOptions parse(ExplainStatement statement, Consumer<String> problems) {
    OptionSet options = OptionSet.of(statement.with(), "WITH").only(OWN.names());
    Optional<ExplanationMethod> method = statement.explainer().flatMap(ExplanationMethod::find);
    if (statement.explainer().isPresent() && method.isEmpty()) {
      problems.accept(
          NearestNames.unknown(
              "explainer", statement.explainer().get(), ExplanationMethod.words()));
    } else {
      refuseUnused(method, options, problems);
    }
    return new ExplanationOptions(method, OWN.parse(options, problems));
  }

  private static void refuseUnused(
      Optional<ExplanationMethod> method, OptionSet options, Consumer<String> problems) {
    boolean occludes = method.filter(m -> m == ExplanationMethod.OCCLUSION).isPresent();
    for (OptionDefinition<?> option : occludes ? OF_RANDOM_MASKS : OF_WINDOWS) {
      if (options.find(option.name()).isPresent()) {
        problems.accept(
            occludes
                ? "%s is an option of random masks, and occlusion has none; remove it, or use window and stride"
                    .formatted(option)
                : "%s is an option of occlusion; remove it, or add USING occlusion"
                    .formatted(option));
      }
    }
  }

  /** The class whose answers are explained; empty for all that the model reports. */
  public Optional<String> label() {
    return values.find(OptionTable.EXPLAINED_LABEL);
  }

  public int masks() {
    return values.get(OptionTable.MASKS);
  }

  /** The cells of a random mask along each side; empty if the explainer determines it. */
  public OptionalInt grid() {
    return values.findInt(OptionTable.GRID);
  }

  public double probability() {
    return values.get(OptionTable.PROBABILITY);
  }

  public long seed() {
    return values.get(OptionTable.SEED);
  }

  public double window() {
    return values.get(OptionTable.WINDOW);
  }

  public double stride() {
    return values.get(OptionTable.STRIDE);
  }

  public boolean faithfulness() {
    return values.get(OptionTable.FAITHFULNESS);
  }

  public int maxImages() {
    return values.get(OptionTable.MAX_IMAGES);
  }

  /** The options that change the rows, as text, by name. */
  public Map<String, String> changingRows() {
    Map<String, String> map = new LinkedHashMap<>(values.toMap());
    map.remove(OptionTable.MAX_IMAGES.name());
    return map;
  }
}
