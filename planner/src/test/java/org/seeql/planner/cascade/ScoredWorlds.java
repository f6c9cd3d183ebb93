package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.parser.StandalonePredicate;

/** Random problems in which cheap models are noisy and expensive models are nearly right. */
final class ScoredWorlds {
  private ScoredWorlds() {}

  /**
   * A random problem.
   *
   * @param models model {@code m0} is the cheapest and the noisiest
   */
  static CascadeProblem problem(
      long seed, String predicate, List<String> classes, int models, int rows, Bounds bounds) {
    Random random = new Random(seed);
    List<String> truth = new ArrayList<>();
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    Map<String, Double> costs = new TreeMap<>();
    for (int model = 0; model < models; model++) {
      scores.put("m" + model, new TreeMap<>());
      costs.put("m" + model, 2 * Math.pow(4, model));
      for (String name : classes) {
        scores.get("m" + model).put(name, new double[rows]);
      }
    }
    for (int row = 0; row < rows; row++) {
      StringBuilder shown = new StringBuilder();
      double hardness = random.nextDouble();
      for (String name : classes) {
        boolean isShown = random.nextDouble() < 0.4;
        shown.append(isShown ? '1' : '0');
        for (int model = 0; model < models; model++) {
          double noise = 0.5 * hardness * random.nextGaussian() / (1 + 2 * model);
          double score = Math.min(1, Math.max(0, (isShown ? 0.8 : 0.1) + noise));
          scores.get("m" + model).get(name)[row] = score < 0.05 ? 0 : score;
        }
      }
      truth.add(shown.toString());
    }
    return new CascadeProblem(
        StandalonePredicate.parse(predicate),
        bounds,
        Measure.ACCURACY,
        CascadeProblem.DEFAULT_CONFIDENCE_LEVEL,
        new ScoreSample(classes, truth, scores),
        costs,
        Optional.empty());
  }
}
