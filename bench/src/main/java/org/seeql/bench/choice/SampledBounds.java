package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.seeql.bench.Report;
import org.seeql.bench.chart.Chart;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.Strategy;

/**
 * Figure 4.8: random repositories and predicates, drawn uniformly or by a power law. Measures
 * accuracy under a cost bound, and cost under an accuracy bound. An instance without a plan counts
 * as worse than all others. Without it, a strategy that finds plans only for the simple instances
 * would seem to be the best.
 */
final class SampledBounds {
  private static final int CLASSES = 4;
  private static final int MODELS = 40;
  private static final double MAX_MILLIS = 20;
  private static final double MIN_ACCURACY = 0.95;
  private static final double NO_ACCURACY = Double.NEGATIVE_INFINITY;
  private static final double NO_COST = Double.POSITIVE_INFINITY;

  private final Report report;
  private final Path figures;
  private final Map<String, Double> shares;

  SampledBounds(Report report, Path figures, Map<String, Double> shares) {
    this.report = report;
    this.figures = figures;
    this.shares = shares;
  }

  void run(int instances) throws IOException {
    Bounds cost = Bounds.NONE.with(Bound.MAX_COST_MS, MAX_MILLIS);
    Chart accuracies = chart("Figure 4.8: accuracy within 20 ms", "accuracy", 1, NO_ACCURACY);
    table(
        "Accuracy within 20 ms per image",
        cost,
        instances,
        p -> p.quality().accuracy(),
        NO_ACCURACY,
        accuracies);
    Files.writeString(figures.resolve("figure_4_8_accuracy.svg"), accuracies.svg());
    Bounds accuracy = Bounds.NONE.with(Bound.MIN_ACCURACY, MIN_ACCURACY);
    Chart costs = chart("Figure 4.8: cost with accuracy 0.95", "ms per image", 0, NO_COST);
    table(
        "Milliseconds per image with accuracy 0.95",
        accuracy,
        instances,
        DecisionPlan::expectedCostMillis,
        NO_COST,
        costs);
    Files.writeString(figures.resolve("figure_4_8_cost.svg"), costs.svg());
  }

  private static Chart chart(String title, String unit, double best, double worst) {
    List<String> groups = new ArrayList<>();
    for (Sampling repository : Sampling.values()) {
      for (Sampling predicates : Sampling.values()) {
        groups.add(repository.words() + " / " + predicates.words());
      }
    }
    return new Chart(title, unit, groups, Sampling.strategies(), best, best, worst);
  }

  private void table(
      String title,
      Bounds bounds,
      int instances,
      ToDoubleFunction<DecisionPlan> value,
      double noPlan,
      Chart chart) {
    report.heading(
        "%s, %d classes, %d models, %d instances".formatted(title, CLASSES, MODELS, instances),
        "repository",
        "predicates",
        "strategy",
        "first quartile",
        "median",
        "third quartile",
        "no plan");
    int group = 0;
    for (Sampling repository : Sampling.values()) {
      for (Sampling predicates : Sampling.values()) {
        for (Strategy strategy : Strategy.OF_ANSWERS) {
          double[] values =
              choices(repository, predicates, bounds, instances, strategy).stream()
                  .mapToDouble(c -> c instanceof DecisionPlan p ? value.applyAsDouble(p) : noPlan)
                  .sorted()
                  .toArray();
          chart.box(group, strategy.word(), values);
          report.row(
              repository.words(),
              predicates.words(),
              strategy.word(),
              quantile(values, 0.25),
              quantile(values, 0.5),
              quantile(values, 0.75),
              DoubleStream.of(values).filter(Double::isInfinite).count());
        }
        group++;
      }
    }
  }

  private List<Choice> choices(
      Sampling repository, Sampling predicates, Bounds bounds, int instances, Strategy strategy) {
    List<Choice> choices = new ArrayList<>();
    List<String> names = Sampling.byShare(shares);
    for (int seed = 0; seed < instances; seed++) {
      Random random = new Random(seed);
      ChoiceProblem problem =
          ChoiceProblem.of(
                  predicates.predicate(CLASSES, names, random),
                  Priors.of(shares),
                  repository.models(MODELS, names, random))
              .with(bounds)
              .with(strategy);
      choices.add(ModelChooser.choose(problem));
    }
    return choices;
  }

  /** A quantile as text; "no plan" if it is an instance without a plan. */
  static String quantile(double[] sorted, double share) {
    double quantile = Chart.quantile(sorted, share);
    return Double.isInfinite(quantile) ? "no plan" : String.format(Locale.ROOT, "%.4f", quantile);
  }
}
