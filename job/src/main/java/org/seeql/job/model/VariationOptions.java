package org.seeql.job.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.plan.Variation;
import org.seeql.planner.statement.CreateModelStatement;

/**
 * The options of CREATE MODEL for a variation of a registered model. The options of the variation
 * are those of a run.
 *
 * @param base the name of the registered model
 */
record VariationOptions(String base, Variation variation) {
  private static final String BASE = CreateModelStatement.BASE_OPTION;
  private static final String DESCRIPTION = "description";
  private static final List<String> VARIATION =
      List.of(
          OptionTable.ACCURACY.name(),
          OptionTable.CLASS_COVERAGE.name(),
          OptionTable.LATENCY.name());

  VariationOptions {
    requireNonNull(base, "base is null");
    requireNonNull(variation, "variation is null");
  }

  /**
   * Parses options, which have a base.
   *
   * @param options by their names in lower case
   * @throws RefusalException with every problem
   */
  static VariationOptions parse(String model, Map<String, String> options) {
    List<String> problems = new ArrayList<>();
    String others =
        options.keySet().stream()
            .filter(
                name ->
                    !name.equals(BASE) && !name.equals(DESCRIPTION) && !VARIATION.contains(name))
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      problems.add(
          "base conflicts with %s; a variation has the files, layout, input and labels of its base; remove base, or use only accuracy, class_coverage, latency and description with it"
              .formatted(others));
    }
    Map<String, String> own = new TreeMap<>(options);
    own.keySet().retainAll(VARIATION);
    if (own.isEmpty()) {
      problems.add("a variation needs at least one of accuracy, class_coverage and latency");
    }
    try {
      RunOptions parsed = RunOptions.parse(OptionSet.of(own, "OPTIONS"));
      if (problems.isEmpty()) {
        return new VariationOptions(options.get(BASE), parsed.variation().orElseThrow());
      }
    } catch (PlanningException e) {
      problems.addAll(e.problems());
    }
    throw new RefusalException(
        "Cannot create model '%s': %s".formatted(model, String.join("; ", problems)));
  }

  /**
   * Refuses the options of a variation for a model with files of its own.
   *
   * @param options by their names in lower case, without a base
   */
  static void refuseWithoutBase(String model, Map<String, String> options) {
    options.keySet().stream()
        .filter(VARIATION::contains)
        .findFirst()
        .ifPresent(
            option -> {
              throw new RefusalException(
                  "Cannot create model '%s': %s needs base = 'a registered model', and no uri; it makes a variation of that model"
                      .formatted(model, option));
            });
  }
}
