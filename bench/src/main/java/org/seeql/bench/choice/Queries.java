package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seeql.bench.Report;
import org.seeql.bench.chart.Chart;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.parser.StandalonePredicate;

/** The four queries of Table 4.7 under the cost bounds of Figure 4.7. */
final class Queries {
  private static final double[] COSTS = {50, 100, 150};
  private static final double NO_PLAN = Double.NEGATIVE_INFINITY;

  /** The predicates by the names of the queries, in order. */
  static final Map<String, String> QUERIES = new LinkedHashMap<>();

  static {
    QUERIES.put("Q1", "book OR person");
    QUERIES.put("Q2", "(cup AND person) AND (remote OR bird)");
    QUERIES.put("Q3", "('dining table' OR person) AND (clock OR handbag)");
    QUERIES.put(
        "Q4",
        "(dog AND person) OR ('traffic light' AND 'sports ball')"
            + " AND ((bottle OR knife) AND (horse OR kite))");
  }

  private final Report report;
  private final Path figures;
  private final List<ModelProfile> models;

  Queries(Report report, Path figures, List<ModelProfile> models) {
    this.report = report;
    this.figures = figures;
    this.models = models;
  }

  void run(Map<String, Double> shares) throws IOException {
    for (Measure measure : Measure.values()) {
      report.heading(
          "Highest %s within a cost limit, %d models".formatted(measure.word(), models.size()),
          "query",
          "limit, ms",
          "strategy",
          "accuracy",
          "precision",
          "recall",
          "F1",
          "ms per image",
          "models",
          "planning ms");
      Chart accuracies = chart("Figure 4.7: " + measure.word() + " within a cost limit", measure);
      int group = 0;
      for (Map.Entry<String, String> query : QUERIES.entrySet()) {
        ChoiceProblem problem =
            ChoiceProblem.of(StandalonePredicate.parse(query.getValue()), Priors.of(shares), models)
                .with(measure);
        for (double cost : COSTS) {
          bounded(query.getKey(), problem, cost, accuracies, group++);
        }
        unbounded(query.getKey(), problem);
      }
      Files.writeString(figures.resolve("figure_4_7_" + measure.word() + ".svg"), accuracies.svg());
    }
  }

  private static Chart chart(String title, Measure measure) {
    List<String> groups = new ArrayList<>();
    for (String query : QUERIES.keySet()) {
      for (double cost : COSTS) {
        groups.add(query + ", " + Math.round(cost) + " ms");
      }
    }
    return new Chart(
        title,
        measure.word(),
        groups,
        Sampling.strategies(),
        measure == Measure.F1 ? 0 : 0.7,
        1,
        NO_PLAN);
  }

  private void bounded(String query, ChoiceProblem problem, double cost, Chart chart, int group) {
    ChoiceProblem bounded = problem.with(Bounds.NONE.with(Bound.MAX_COST_MS, cost));
    for (Strategy strategy : Strategy.OF_ANSWERS) {
      Choice choice = row(query, number(cost, 0), bounded.with(strategy));
      double value = NO_PLAN;
      if (choice instanceof DecisionPlan plan) {
        value =
            problem.maximize() == Measure.F1
                ? plan.quality().f1().orElse(1)
                : plan.quality().accuracy();
      }
      chart.bar(group, strategy.word(), value);
    }
  }

  private void unbounded(String query, ChoiceProblem problem) {
    for (Strategy strategy : Strategy.OF_ANSWERS) {
      row(query, "any", problem.with(strategy));
    }
  }

  private Choice row(String query, String bound, ChoiceProblem problem) {
    long start = System.nanoTime();
    Choice choice = ModelChooser.choose(problem);
    double millis = (System.nanoTime() - start) / 1e6;
    String strategy = problem.strategy().word();
    if (choice instanceof DecisionPlan plan) {
      report.row(
          query,
          bound,
          strategy,
          number(plan.quality().accuracy(), 4),
          number(plan.quality().precision().orElse(Double.NaN), 4),
          number(plan.quality().recall().orElse(Double.NaN), 4),
          number(plan.quality().f1().orElse(Double.NaN), 4),
          number(plan.expectedCostMillis(), 2),
          plan.models().size(),
          number(millis, 1));
    } else {
      String why = ((Refusal) choice).message();
      report.row(query, bound, strategy, why, "", "", "", "", "", number(millis, 1));
    }
    return choice;
  }

  private static String number(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }
}
