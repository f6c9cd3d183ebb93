package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.seeql.bench.Report;
import org.seeql.bench.chart.Chart;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.ModelChooser;

/** Figure 4.9: the planning time of the best strategy by the number of classes. */
final class PlanningTimes {
  private static final int[] CLASSES = {1, 2, 4, 6, 8, 10, 12};
  private static final int MODELS = 125;
  private static final int WARM_UP = 3;

  private final Report report;
  private final Path figures;
  private final Map<String, Double> shares;

  PlanningTimes(Report report, Path figures, Map<String, Double> shares) {
    this.report = report;
    this.figures = figures;
    this.shares = shares;
  }

  void run(int instances) throws IOException {
    report.heading(
        "Planning ms with accuracy 0.9, %d models, median of %d".formatted(MODELS, instances),
        columns());
    for (int seed = 0; seed < WARM_UP; seed++) {
      millis(Sampling.UNIFORM, Sampling.UNIFORM, 8, seed);
    }
    List<String> names = new ArrayList<>();
    List<double[]> lines = new ArrayList<>();
    for (Sampling repository : Sampling.values()) {
      for (Sampling predicates : Sampling.values()) {
        double[] medians =
            IntStream.of(CLASSES)
                .mapToDouble(n -> median(repository, predicates, n, instances))
                .toArray();
        names.add(repository.words() + " / " + predicates.words());
        lines.add(medians);
        List<Object> row = new ArrayList<>(List.of(repository.words(), predicates.words()));
        Arrays.stream(medians).forEach(m -> row.add(String.format(Locale.ROOT, "%.1f", m)));
        report.row(row.toArray());
      }
    }
    List<String> groups = IntStream.of(CLASSES).mapToObj(n -> n + " classes").toList();
    Chart chart =
        new Chart(
            "Figure 4.9: planning time",
            "ms, repository / predicates",
            groups,
            names,
            0,
            0,
            Double.POSITIVE_INFINITY);
    for (int i = 0; i < lines.size(); i++) {
      chart.lines(names.get(i), lines.get(i));
    }
    Files.writeString(figures.resolve("figure_4_9.svg"), chart.svg());
  }

  private static String[] columns() {
    List<String> columns = new ArrayList<>(List.of("repository", "predicates"));
    IntStream.of(CLASSES).forEach(n -> columns.add(n + " classes"));
    return columns.toArray(String[]::new);
  }

  private double median(Sampling repository, Sampling predicates, int classes, int instances) {
    double[] millis =
        IntStream.range(0, instances)
            .mapToDouble(seed -> millis(repository, predicates, classes, seed))
            .sorted()
            .toArray();
    return Chart.quantile(millis, 0.5);
  }

  private double millis(Sampling repository, Sampling predicates, int classes, int seed) {
    Random random = new Random(seed);
    List<String> names = Sampling.byShare(shares);
    ChoiceProblem problem =
        ChoiceProblem.of(
                predicates.predicate(classes, names, random),
                Priors.of(shares),
                repository.models(MODELS, names, random))
            .with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.9));
    long start = System.nanoTime();
    ModelChooser.choose(problem);
    return (System.nanoTime() - start) / 1e6;
  }
}
