package org.seeql.bench.choice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.bench.BenchSession;
import org.seeql.bench.Report;
import org.seeql.bench.chart.Scatter;
import org.seeql.job.StatementResult.Explanation;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.parser.StandalonePredicate;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.predicate.Predicate;

/**
 * The four queries of Table 4.7 on real photos, with models that were measured before. Compares the
 * prediction of each plan with its actual result.
 */
final class ExecutedQueries {
  private static final List<OptionalInt> LIMITS =
      List.of(OptionalInt.of(50), OptionalInt.of(100), OptionalInt.of(150), OptionalInt.empty());

  private final BenchSession session;
  private final RealRepository repository;
  private final Report report;
  private final Path figures;
  private final String photos;
  private final Map<Long, Set<String>> truth;
  private final Map<String, Scatter> charts = new HashMap<>();
  // identical plans of a query are executed once
  private final Map<Object, Outcome> executed = new HashMap<>();

  /**
   * @param photos the condition of SQL that selects the photos of the queries
   */
  ExecutedQueries(
      BenchSession session, RealRepository repository, Report report, Path figures, String photos) {
    this.session = session;
    this.repository = repository;
    this.report = report;
    this.figures = figures;
    this.photos = photos;
    this.truth = repository.truth(photos);
  }

  /** What a plan predicts, and its actual result. */
  private record Outcome(
      Quality predicted, double predictedMillis, Quality actual, double actualMillis) {}

  /**
   * Executes the queries, prints the results and draws them.
   *
   * @param millis of one unit of the cost limits
   */
  void run(int millis) throws IOException {
    report.heading(
        "Predicted and actual results on %d photos".formatted(truth.size()),
        "query",
        "limit, ms",
        "strategy",
        "accuracy",
        "actual",
        "F1",
        "actual",
        "ms per image",
        "actual",
        "photos found",
        "actual",
        "photos that match",
        "models");
    for (String query : Queries.QUERIES.keySet()) {
      for (OptionalInt limit : LIMITS) {
        for (Strategy strategy : Strategy.OF_ANSWERS) {
          measure(query, scaled(limit, millis), strategy);
        }
      }
    }
    for (Map.Entry<String, Scatter> chart : charts.entrySet()) {
      Files.writeString(
          figures.resolve("executed_" + chart.getKey() + ".svg"),
          chart.getValue().svgWithDiagonal());
    }
  }

  private static OptionalInt scaled(OptionalInt limit, int millis) {
    return limit.isPresent() ? OptionalInt.of(millis * limit.getAsInt()) : limit;
  }

  private void measure(String query, OptionalInt limit, Strategy strategy) {
    String bound = limit.isPresent() ? String.valueOf(limit.getAsInt()) : "any";
    String statement = statement(query, limit, strategy);
    Map<?, ?> plan;
    try {
      plan =
          (Map<?, ?>)
              ((Explanation) session.execute("EXPLAIN " + statement)).document().get("plan");
    } catch (PlanningException e) {
      report.row(query, bound, strategy.word(), "no plan", "", "", "", "", "", "", "", "", "");
      return;
    }
    List<?> steps = List.of(query, plan.get("root"), plan.get("nodes"));
    Outcome outcome = executed.computeIfAbsent(steps, key -> execute(query, statement));
    int models = models(plan).size();
    row(List.of(query, bound, strategy.word()), outcome, models);
    String label = "%s, %s ms, %s".formatted(query, bound, strategy.word());
    draw(strategy.word(), label, outcome);
  }

  private String statement(String query, OptionalInt limit, Strategy strategy) {
    return "SELECT * FROM photos.images WHERE %s TO FIND %s WITH dataset = 'photos', strategy = '%s'%s, keep_all = true"
        .formatted(
            photos,
            Queries.QUERIES.get(query),
            strategy.word(),
            limit.isPresent() ? ", max_cost_ms = " + limit.getAsInt() : "");
  }

  private static Set<Object> models(Map<?, ?> plan) {
    Set<Object> models = new TreeSet<>();
    for (Object node : (List<?>) plan.get("nodes")) {
      models.addAll((List<?>) ((Map<?, ?>) node).get("run"));
    }
    return models;
  }

  private Outcome execute(String query, String statement) {
    FindSummary summary = (FindSummary) session.execute(statement + " INTO bench.answers");
    Predicate predicate = StandalonePredicate.parse(Queries.QUERIES.get(query));
    Set<Long> found = repository.found("bench.answers");
    double[] counts = new double[4];
    truth.forEach(
        (image, shown) -> {
          boolean holds = predicate.accept(new PredicateTruth(shown));
          counts[(holds ? 0 : 1) + (holds == found.contains(image) ? 0 : 2)]++;
        });
    double all = truth.size();
    Quality actual =
        new Quality(counts[0] / all, counts[3] / all, counts[2] / all, counts[1] / all);
    return new Outcome(
        summary.report().plan().quality(),
        summary.report().plan().expectedCostMillis(),
        actual,
        summary.report().costMillis());
  }

  private void row(List<String> head, Outcome outcome, int models) {
    List<Object> cells = new ArrayList<>(head);
    cells.add(number(outcome.predicted().accuracy(), 4));
    cells.add(number(outcome.actual().accuracy(), 4));
    cells.add(f1(outcome.predicted()).map(f -> number(f, 4)).orElse("-"));
    cells.add(f1(outcome.actual()).map(f -> number(f, 4)).orElse("-"));
    cells.add(number(outcome.predictedMillis(), 1));
    cells.add(number(outcome.actualMillis(), 1));
    cells.add(number(outcome.predicted().returned() * truth.size(), 1));
    cells.add(Math.round(outcome.actual().returned() * truth.size()));
    cells.add(Math.round(outcome.actual().prevalence() * truth.size()));
    cells.add(models);
    report.row(cells.toArray());
  }

  private void draw(String strategy, String label, Outcome outcome) {
    point("accuracy", strategy, outcome.predicted().accuracy(), outcome.actual().accuracy(), label);
    if (f1(outcome.predicted()).isPresent() && f1(outcome.actual()).isPresent()) {
      double predicted = f1(outcome.predicted()).get();
      point("F1", strategy, predicted, f1(outcome.actual()).get(), label);
    }
    point("cost", strategy, outcome.predictedMillis(), outcome.actualMillis(), label);
    double predicted = outcome.predicted().returned() * truth.size();
    point("count", strategy, predicted, outcome.actual().returned() * truth.size(), label);
  }

  private void point(
      String measure, String strategy, double predicted, double actual, String label) {
    charts
        .computeIfAbsent(
            measure,
            m ->
                new Scatter(
                    "Predicted and actual " + m, "predicted", "actual", Sampling.strategies()))
        .point(strategy, predicted, actual, label);
  }

  private static Optional<Double> f1(Quality quality) {
    return quality.f1().isPresent() ? Optional.of(quality.f1().getAsDouble()) : Optional.empty();
  }

  private static String number(double number, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", number);
  }
}
