package org.seeql.bench.choice;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.seeql.bench.Report;
import org.seeql.bench.chart.Chart;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.parser.StandalonePredicate;

/** Measures the gain of plans that use different models for a class in different branches. */
final class ContingentGain {
  private static final int MODELS_OF_A_CLASS = 4;
  private static final double MIN_F1 = 0.8;
  private static final Map<String, String> PREDICATES = new LinkedHashMap<>();

  static {
    PREDICATES.put("a AND b", "ab");
    PREDICATES.put("(a AND b) OR c", "abc");
    PREDICATES.put("(a AND b) OR (NOT a AND NOT b)", "ab");
    PREDICATES.put("(a AND b) OR (NOT a AND c)", "abc");
    PREDICATES.put("(a AND b) OR (b AND c) OR (a AND c)", "abc");
  }

  private final Report report;

  ContingentGain(Report report) {
    this.report = report;
  }

  void run(int instances) {
    report.heading(
        "Different models in different branches, F1 at least %.1f, %d instances"
            .formatted(MIN_F1, instances),
        "predicate",
        "cheaper",
        "median saving if cheaper",
        "highest saving");
    PREDICATES.forEach((text, classes) -> row(text, classes, instances));
  }

  private void row(String text, String classes, int instances) {
    List<Double> savings = new ArrayList<>();
    int possible = 0;
    for (int seed = 0; seed < instances; seed++) {
      ChoiceProblem problem = problem(text, classes, new Random(seed));
      if (ModelChooser.chooseOneModelEach(problem) instanceof DecisionPlan fixed
          && ModelChooser.choose(problem) instanceof DecisionPlan plan) {
        possible++;
        double saving = 1 - plan.expectedCostMillis() / fixed.expectedCostMillis();
        if (saving > 0) {
          savings.add(saving);
        }
      }
    }
    double[] sorted = savings.stream().mapToDouble(s -> s).sorted().toArray();
    report.row(
        "`" + text + "`",
        savings.size() + " of " + possible,
        sorted.length == 0 ? "" : percent(Chart.quantile(sorted, 0.5)),
        sorted.length == 0 ? "" : percent(sorted[sorted.length - 1]));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static ChoiceProblem problem(String text, String classes, Random random) {
    Map<String, Double> priors = new LinkedHashMap<>();
    List<ModelProfile> models = new ArrayList<>();
    for (String name : classes.split("", -1)) {
      if (!name.isEmpty()) {
        priors.put(name, 0.1 + 0.4 * random.nextDouble());
        for (int i = 0; i < MODELS_OF_A_CLASS; i++) {
          ClassSkill skill = ClassSkill.ofAccuracy(0.8 + 0.2 * random.nextDouble());
          models.add(ModelProfile.of(name + i, 1 + random.nextInt(50), Map.of(name, skill)));
        }
      }
    }
    return ChoiceProblem.of(StandalonePredicate.parse(text), Priors.of(priors), models)
        .with(Bounds.NONE.with(Bound.MIN_F1, MIN_F1));
  }
}
