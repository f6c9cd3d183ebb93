package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.parser.StandalonePredicate;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * Compares the search with the least cost of all plans on a grid of thresholds. The file {@code
 * least_costs.json} has the problems and these costs. {@code make_least_costs.py}, next to it,
 * found them by brute force. The search chooses its own thresholds, so a plan may be cheaper than
 * all plans on the grid.
 */
class LeastCostTest {
  private static final double SLACK = 1e-9;

  /** Cost of the search's plan, relative to the least cost on the grid. */
  private static final List<Double> RATIOS = new ArrayList<>();

  @BeforeAll
  static void search() throws IOException {
    JsonNode file;
    try (InputStream in = LeastCostTest.class.getResourceAsStream("least_costs.json")) {
      file = new ObjectMapper().readTree(in);
    }
    double level = file.get("level").asDouble();
    for (JsonNode known : file.get("cases")) {
      CascadeProblem problem = problem(known.get("problem"));
      double least = known.get("least_cost_ms").asDouble();
      RATIOS.add(cost(problem, level) / least);
    }
  }

  /** The least cost of the plans that satisfy the bounds with this margin; NaN if there is none. */
  private static double cost(CascadeProblem problem, double level) {
    CascadeInstance instance =
        new CascadeInstance(PredicateFunction.of(problem.predicate()), problem);
    CascadeSearch search =
        new CascadeSearch(instance, problem.bounds(), problem.maximize(), () -> false, 0);
    Objective objective =
        new Objective(problem.bounds(), problem.maximize(), level, instance.selection().rows(), 0);
    return search.sequence().stream()
        .map(candidate -> TestedPlan.find(search, candidate).orElseThrow())
        .filter(plan -> objective.isMet(plan.selection(), 0))
        .mapToDouble(plan -> plan.selectionFigures().expectedCostMillis())
        .min()
        .orElse(Double.NaN);
  }

  /**
   * The search changes one class at a time, and gives no proof of optimality. In three problems it
   * misses a plan in which classes share a model, or whose thresholds depend on each other.
   */
  @Test
  void isSeldomMoreExpensiveThanTheCheapestPlanOfTheGrid() {
    List<Double> worse = RATIOS.stream().filter(ratio -> !(ratio <= 1 + SLACK)).toList();

    assertThat(RATIOS).hasSize(112);
    assertThat(worse).hasSizeLessThanOrEqualTo(4);
    assertThat(worse).allSatisfy(ratio -> assertThat(ratio).isLessThan(1.38));
  }

  /** With thresholds of its own, which the grid of three per class and model does not have. */
  @Test
  void isCheaperThanTheGridOnAverage() {
    assertThat(RATIOS.stream().mapToDouble(ratio -> ratio).average().orElseThrow())
        .isLessThan(0.84);
  }

  private static CascadeProblem problem(JsonNode tree) {
    Bounds bounds = Bounds.NONE;
    for (Map.Entry<String, JsonNode> bound : tree.get("bound").properties()) {
      Bound kind = Bound.valueOf(bound.getKey().toUpperCase(Locale.ROOT));
      bounds = bounds.with(kind, bound.getValue().asDouble());
    }
    Map<String, Double> costs = new TreeMap<>();
    for (JsonNode model : tree.at("/repository/models")) {
      costs.put(model.get("name").asText(), model.get("cost_ms").asDouble());
    }
    return new CascadeProblem(
        StandalonePredicate.parse(tree.get("predicate").asText()),
        bounds,
        Measure.ACCURACY,
        CascadeProblem.DEFAULT_CONFIDENCE_LEVEL,
        sample(tree.get("sample")),
        costs,
        Optional.empty());
  }

  private static ScoreSample sample(JsonNode tree) {
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    for (Map.Entry<String, JsonNode> model : tree.get("scores").properties()) {
      SortedMap<String, double[]> byClass = new TreeMap<>();
      for (Map.Entry<String, JsonNode> ofClass : model.getValue().properties()) {
        byClass.put(ofClass.getKey(), numbers(ofClass.getValue()));
      }
      scores.put(model.getKey(), byClass);
    }
    return new ScoreSample(words(tree.get("classes")), words(tree.get("rows")), scores);
  }

  private static double[] numbers(JsonNode array) {
    double[] numbers = new double[array.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = array.get(i).asDouble();
    }
    return numbers;
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }
}
