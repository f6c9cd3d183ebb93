package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.model.World;
import org.seeql.planner.parser.StandalonePredicate;
import org.seeql.planner.predicate.Predicate;

/** Test problems for the optimizer. */
final class Problems {
  private Problems() {}

  static Predicate predicate(String text) {
    return StandalonePredicate.parse(text);
  }

  static ModelProfile model(String name, double cost, Map<String, ClassSkill> classes) {
    return ModelProfile.of(name, cost, classes);
  }

  static ClassSkill right(double accuracy) {
    return ClassSkill.ofAccuracy(accuracy);
  }

  /** The example that the documentation of plans uses. */
  static ChoiceProblem pets() {
    return ChoiceProblem.of(
            predicate("(person AND dog) OR (person AND cat)"),
            Priors.of(Map.of("person", 0.54, "dog", 0.04, "cat", 0.04)),
            List.of(
                model("M2", 100, Map.of("dog", right(0.95), "cat", right(0.95), "bird", right(1))),
                model(
                    "M3", 50, Map.of("person", new ClassSkill.Rates(0.9, 0.1), "car", right(0.9)))))
        .with(Bounds.NONE.with(Bound.MIN_ACCURACY, 0.8));
  }

  /** Up to four classes and six models, with irrelevant classes and unusual numbers. */
  static ChoiceProblem small(int seed) {
    Random random = new Random(seed);
    List<String> classes = new ArrayList<>(List.of("a", "b", "c", "d"));
    classes = new ArrayList<>(classes.subList(0, 1 + random.nextInt(4)));
    Collections.shuffle(classes, random);
    int rows = random.nextInt(3) == 0 ? 1 + random.nextInt(9) : 0;
    World world = rows > 0 ? sample(classes, rows, random) : priors(classes, random);
    List<ModelProfile> models = new ArrayList<>();
    for (int m = 0; m < 1 + random.nextInt(5); m++) {
      Map<String, ClassSkill> skills = new TreeMap<>();
      for (String name : classes) {
        if (random.nextInt(3) > 0) {
          skills.put(name, skill(rows, random));
        }
      }
      models.add(model("m" + m, random.nextInt(100) / 4.0, skills));
    }
    Map<String, ClassSkill> all = new TreeMap<>();
    classes.forEach(name -> all.put(name, right(0.85)));
    models.add(model("all", 5 + random.nextInt(40), all));
    return ChoiceProblem.of(predicate(text(classes, random, 0)), world, models)
        .with(random.nextBoolean() ? Measure.ACCURACY : Measure.F1)
        .with(bounds(random));
  }

  private static World sample(List<String> classes, int rows, Random random) {
    List<String> all = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      all.add(bits(classes.size(), random));
      weights.add(r == 0 ? 1 : random.nextInt(4) / 2.0);
    }
    return new PresenceSample(classes, all, weights);
  }

  private static World priors(List<String> classes, Random random) {
    Map<String, Double> priors = new TreeMap<>();
    classes.forEach(name -> priors.put(name, random.nextInt(11) / 10.0));
    return Priors.of(priors);
  }

  private static String bits(int length, Random random) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < length; i++) {
      bits.append(random.nextBoolean() ? '1' : '0');
    }
    return bits.toString();
  }

  private static ClassSkill skill(int rows, Random random) {
    if (rows > 0 && random.nextBoolean()) {
      return new ClassSkill.Answers(bits(rows, random));
    }
    return random.nextBoolean()
        ? right(0.5 + random.nextInt(11) / 20.0)
        : new ClassSkill.Rates(random.nextDouble(), random.nextDouble() / 2);
  }

  private static String text(List<String> classes, Random random, int depth) {
    if (depth == 3 || random.nextInt(4) == 0) {
      return classes.get(random.nextInt(classes.size()));
    }
    String left = text(classes, random, depth + 1);
    String right = text(classes, random, depth + 1);
    String not = random.nextInt(4) == 0 ? "NOT " : "";
    return not + "(" + left + (random.nextBoolean() ? " AND " : " OR ") + right + ")";
  }

  private static Bounds bounds(Random random) {
    Bounds bounds = Bounds.NONE;
    for (Bound bound : Bound.values()) {
      if (random.nextInt(4) == 0) {
        bounds =
            bounds.with(
                bound, bound.isOfQuality() ? random.nextInt(100) / 100.0 : random.nextInt(60));
      }
    }
    return bounds;
  }

  /**
   * A predicate that contains each of {@code classes} classes once, and models that cover half of
   * them.
   */
  static ChoiceProblem large(int seed, int classes, int models) {
    Random random = new Random(seed);
    List<String> names = new ArrayList<>();
    Map<String, Double> priors = new TreeMap<>();
    for (int i = 0; i < classes; i++) {
      names.add("c" + i);
      priors.put("c" + i, 0.02 + 0.3 * random.nextDouble());
    }
    List<ModelProfile> profiles = new ArrayList<>();
    for (int m = 0; m < models; m++) {
      double accuracy = 0.8 + random.nextInt(20) / 100.0;
      Map<String, ClassSkill> skills = new TreeMap<>();
      for (String name : names) {
        if (m < 2 || random.nextBoolean()) {
          skills.put(name, right(accuracy));
        }
      }
      profiles.add(model("m" + m, 1 + random.nextInt(48), skills));
    }
    String text = names.get(0);
    for (String name : names.subList(1, classes)) {
      text = "(" + text + (random.nextBoolean() ? " AND " : " OR ") + name + ")";
    }
    return ChoiceProblem.of(predicate(text), Priors.of(priors), profiles);
  }
}
