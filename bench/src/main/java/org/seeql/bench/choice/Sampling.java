package org.seeql.bench.choice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.parser.StandalonePredicate;
import org.seeql.planner.predicate.Predicate;

/** The distribution of classes, for models and for predicates (section 4.4.3 of the thesis). */
enum Sampling {
  /** All classes have the same probability. Accuracies are normally distributed around 0.9. */
  UNIFORM,
  /** Few classes are frequent, most are rare, and few models are accurate: {@code a · x^(a-1)}. */
  POWER_LAW;

  private static final double A = 5;
  private static final int MAX_CLASSES_PER_MODEL = 78;

  /** A number between 0 and 1, exclusive. Under the power law, most are near 0. */
  private double draw(Random random) {
    double x = random.nextDouble();
    return this == UNIFORM ? x : 1 - Math.pow(1 - x, 1 / A);
  }

  /**
   * Draws one of the classes.
   *
   * @param names by descending frequency
   */
  private String drawClass(List<String> names, Random random) {
    return names.get((int) (draw(random) * names.size()));
  }

  private double drawAccuracy(Random random) {
    if (this == POWER_LAW) {
      return 0.8 + 0.2 * draw(random);
    }
    return Math.min(1, Math.max(0.8, 0.9 + 0.05 * random.nextGaussian()));
  }

  /** Models with a latency of 1 to 50 ms and 1 to 78 classes each. */
  List<ModelProfile> models(int count, List<String> names, Random random) {
    List<ModelProfile> models = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ClassSkill skill = ClassSkill.ofAccuracy(drawAccuracy(random));
      Map<String, ClassSkill> classes = new TreeMap<>();
      int draws = 1 + random.nextInt(MAX_CLASSES_PER_MODEL);
      for (int d = 0; d < draws; d++) {
        classes.put(drawClass(names, random), skill);
      }
      models.add(ModelProfile.of("m" + i, 1 + random.nextInt(50), classes));
    }
    return models;
  }

  /**
   * A predicate with this number of distinct classes. Random pairs are joined by AND or OR at
   * random.
   */
  Predicate predicate(int classes, List<String> names, Random random) {
    Set<String> drawn = new LinkedHashSet<>();
    while (drawn.size() < classes) {
      drawn.add(drawClass(names, random));
    }
    List<String> parts = new ArrayList<>();
    drawn.forEach(name -> parts.add("\"" + name + "\""));
    while (parts.size() > 1) {
      String left = parts.remove(random.nextInt(parts.size()));
      String right = parts.remove(random.nextInt(parts.size()));
      parts.add("(" + left + (random.nextBoolean() ? " AND " : " OR ") + right + ")");
    }
    return StandalonePredicate.parse(parts.get(0));
  }

  /** The classes by descending frequency. */
  static List<String> byShare(Map<String, Double> shares) {
    return shares.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  static List<String> strategies() {
    return Strategy.OF_ANSWERS.stream().map(Strategy::word).toList();
  }

  String words() {
    return this == UNIFORM ? "uniform" : "power law";
  }
}
