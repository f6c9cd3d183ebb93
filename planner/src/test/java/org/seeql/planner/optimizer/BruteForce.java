package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.Priors;
import org.seeql.planner.predicate.Predicate;

/**
 * The optimizer's expected results, computed directly from the definitions. Truths and answers are
 * maps, functions are evaluated on the original predicate, and every order and tree is tried.
 */
final class BruteForce {
  private final ChoiceProblem problem;
  private final List<String> classes = new ArrayList<>();
  private final Map<String, ModelProfile> models = new TreeMap<>();
  private final Map<Map<String, Boolean>, Boolean> values = new HashMap<>();

  BruteForce(ChoiceProblem problem) {
    this.problem = problem;
    problem.models().forEach(model -> models.put(model.name(), model));
    List<String> all = new ArrayList<>(new TreeSet<>(names(problem.predicate())));
    for (Map<String, Boolean> truth : vectors(all)) {
      values.put(truth, holds(problem.predicate(), truth));
    }
    for (String name : all) {
      if (values.keySet().stream().anyMatch(t -> values.get(t) != values.get(flipped(t, name)))) {
        classes.add(name);
      }
    }
    values.clear();
    for (Map<String, Boolean> truth : vectors(classes)) {
      Map<String, Boolean> whole = new TreeMap<>(truth);
      all.forEach(name -> whole.putIfAbsent(name, false));
      values.put(truth, holds(problem.predicate(), whole));
    }
  }

  List<String> classes() {
    return classes;
  }

  /** A truth or a combination of answers, with its weight and each model's probability of yes. */
  record Row(double weight, Map<String, Boolean> truth, int number) {}

  static List<String> names(Predicate predicate) {
    if (predicate instanceof Predicate.Presence presence) {
      return List.of(presence.className());
    }
    List<String> names = new ArrayList<>();
    if (predicate instanceof Predicate.Not not) {
      names.addAll(names(not.part()));
    } else if (predicate instanceof Predicate.And and) {
      and.parts().forEach(part -> names.addAll(names(part)));
    } else if (predicate instanceof Predicate.Or or) {
      or.parts().forEach(part -> names.addAll(names(part)));
    }
    return names;
  }

  static boolean holds(Predicate predicate, Map<String, Boolean> truth) {
    if (predicate instanceof Predicate.Presence presence) {
      return truth.get(presence.className());
    }
    if (predicate instanceof Predicate.Not not) {
      return !holds(not.part(), truth);
    }
    return predicate instanceof Predicate.And and
        ? and.parts().stream().allMatch(part -> holds(part, truth))
        : ((Predicate.Or) predicate).parts().stream().anyMatch(part -> holds(part, truth));
  }

  private static Map<String, Boolean> flipped(Map<String, Boolean> truth, String name) {
    Map<String, Boolean> flipped = new TreeMap<>(truth);
    flipped.put(name, !truth.get(name));
    return flipped;
  }

  static List<Map<String, Boolean>> vectors(List<String> names) {
    List<Map<String, Boolean>> vectors = new ArrayList<>(List.of(new TreeMap<>()));
    for (String name : names) {
      List<Map<String, Boolean>> longer = new ArrayList<>();
      for (Map<String, Boolean> vector : vectors) {
        for (boolean value : new boolean[] {false, true}) {
          Map<String, Boolean> more = new TreeMap<>(vector);
          more.put(name, value);
          longer.add(more);
        }
      }
      vectors = longer;
    }
    return vectors;
  }

  /** The value that the answers determine, if they determine one. */
  Boolean decided(Map<String, Boolean> answers) {
    Boolean value = null;
    for (Map.Entry<Map<String, Boolean>, Boolean> entry : values.entrySet()) {
      if (entry.getKey().entrySet().containsAll(answers.entrySet())) {
        if (value != null && !value.equals(entry.getValue())) {
          return null;
        }
        value = entry.getValue();
      }
    }
    return value;
  }

  /** Whether the residual predicate after the answers depends on a class. */
  boolean matters(String name, Map<String, Boolean> answers) {
    return !answers.containsKey(name)
        && values.keySet().stream()
            .filter(t -> t.entrySet().containsAll(answers.entrySet()))
            .anyMatch(t -> values.get(t) != values.get(flipped(t, name)));
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    if (problem.world() instanceof PresenceSample sample) {
      double total = sample.weights().stream().mapToDouble(w -> w).sum();
      for (int r = 0; r < sample.rows().size(); r++) {
        Map<String, Boolean> truth = new TreeMap<>();
        for (String name : classes) {
          truth.put(name, sample.rows().get(r).charAt(sample.classes().indexOf(name)) == '1');
        }
        rows.add(new Row(sample.weights().get(r) / total, truth, r));
      }
      return rows;
    }
    for (Map<String, Boolean> truth : vectors(classes)) {
      double weight = 1;
      for (String name : classes) {
        double prior = ((Priors) problem.world()).shares().get(name);
        weight *= truth.get(name) ? prior : 1 - prior;
      }
      rows.add(new Row(weight, truth, -1));
    }
    return rows;
  }

  double says(String model, String name, boolean answer, Row row) {
    ClassSkill skill = models.get(model).classes().get(name);
    double yes;
    if (skill instanceof ClassSkill.Rates rates) {
      yes = row.truth().get(name) ? rates.truePositiveRate() : rates.falsePositiveRate();
    } else {
      yes = ((ClassSkill.Answers) skill).saysYes(row.number()) ? 1 : 0;
    }
    return answer ? yes : 1 - yes;
  }

  boolean holds(Map<String, Boolean> truth) {
    return values.get(truth);
  }

  /** Every assignment, in the order of the names. */
  List<Map<String, String>> assignments() {
    List<Map<String, String>> all = new ArrayList<>(List.of(new TreeMap<>()));
    for (String name : classes) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> assignment : all) {
        for (ModelProfile model : models.values()) {
          if (model.classes().containsKey(name)) {
            Map<String, String> more = new TreeMap<>(assignment);
            more.put(name, model.name());
            longer.add(more);
          }
        }
      }
      all = longer;
    }
    return all;
  }

  private double joint(Row row, Map<String, String> assignment, Map<String, Boolean> answers) {
    double probability = row.weight();
    for (String name : classes) {
      probability *= says(assignment.get(name), name, answers.get(name), row);
    }
    return probability;
  }

  Quality quality(Map<String, String> assignment) {
    double[] ends = new double[4];
    for (Row row : rows()) {
      for (Map<String, Boolean> answers : vectors(classes)) {
        int end = (holds(row.truth()) ? 2 : 0) + (holds(answers) ? 1 : 0);
        ends[end] += joint(row, assignment, answers);
      }
    }
    return new Quality(ends[3], ends[1], ends[2], ends[0]);
  }

  double cost(Strategy strategy, Map<String, String> assignment) {
    TreeSet<String> used = new TreeSet<>(assignment.values());
    if (strategy == Strategy.BASELINE || strategy == Strategy.BASIC) {
      return used.stream().mapToDouble(m -> models.get(m).costMillis()).sum();
    }
    Map<Map<String, Boolean>, Double> shares = new HashMap<>();
    for (Map<String, Boolean> answers : vectors(classes)) {
      double share = 0;
      for (Row row : rows()) {
        share += joint(row, assignment, answers);
      }
      shares.put(answers, share);
    }
    return strategy == Strategy.ORDER
        ? bestOrder(assignment, shares, new ArrayList<>(used), new ArrayList<>())
        : bestTree(assignment, shares, new TreeMap<>());
  }

  private double bestOrder(
      Map<String, String> assignment,
      Map<Map<String, Boolean>, Double> shares,
      List<String> left,
      List<String> order) {
    if (left.isEmpty()) {
      double cost = 0;
      for (Map.Entry<Map<String, Boolean>, Double> image : shares.entrySet()) {
        Map<String, Boolean> known = new TreeMap<>();
        for (String model : order) {
          if (classesOf(model, assignment).stream().anyMatch(c -> matters(c, known))) {
            cost += image.getValue() * models.get(model).costMillis();
            classesOf(model, assignment).forEach(c -> known.put(c, image.getKey().get(c)));
          }
        }
      }
      return cost;
    }
    double best = Double.POSITIVE_INFINITY;
    for (String model : left) {
      List<String> others = new ArrayList<>(left);
      others.remove(model);
      List<String> longer = new ArrayList<>(order);
      longer.add(model);
      best = Math.min(best, bestOrder(assignment, shares, others, longer));
    }
    return best;
  }

  private List<String> classesOf(String model, Map<String, String> assignment) {
    return classes.stream().filter(c -> assignment.get(c).equals(model)).toList();
  }

  private double bestTree(
      Map<String, String> assignment,
      Map<Map<String, Boolean>, Double> shares,
      Map<String, Boolean> known) {
    if (decided(known) != null) {
      return 0;
    }
    double share = 0;
    for (Map.Entry<Map<String, Boolean>, Double> image : shares.entrySet()) {
      share += image.getKey().entrySet().containsAll(known.entrySet()) ? image.getValue() : 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (String model : new TreeSet<>(assignment.values())) {
      List<String> answered = classesOf(model, assignment);
      if (answered.stream().anyMatch(c -> matters(c, known))) {
        double cost = share * models.get(model).costMillis();
        for (Map<String, Boolean> answers : vectors(answered)) {
          Map<String, Boolean> more = new TreeMap<>(known);
          more.putAll(answers);
          cost += bestTree(assignment, shares, more);
        }
        best = Math.min(best, cost);
      }
    }
    return best;
  }

  /** An assignment that satisfies all bounds, with its quality and cost. */
  record Option(Map<String, String> assignment, Quality quality, double cost) {}

  /** All options that satisfy the quality bounds. */
  List<Option> options() {
    List<Option> options = new ArrayList<>();
    for (Map<String, String> assignment : assignments()) {
      Quality quality = quality(assignment);
      if (keepsQuality(quality)) {
        options.add(new Option(assignment, quality, cost(problem.strategy(), assignment)));
      }
    }
    return options;
  }

  boolean keepsQuality(Quality quality) {
    return keeps(quality.accuracy(), Bound.MIN_ACCURACY)
        && keeps(quality.precision().orElse(1), Bound.MIN_PRECISION)
        && keeps(quality.recall().orElse(1), Bound.MIN_RECALL)
        && keeps(quality.f1().orElse(1), Bound.MIN_F1);
  }

  private boolean keeps(double value, Bound bound) {
    OptionalDouble least = problem.bounds().find(bound);
    return least.isEmpty() || value >= least.getAsDouble() - 1e-9;
  }

  boolean keepsCost(double cost) {
    OptionalDouble most = problem.bounds().find(Bound.MAX_COST_MS);
    return most.isEmpty() || cost <= most.getAsDouble() + 1e-9 * Math.max(1, most.getAsDouble());
  }

  double measure(Quality quality) {
    return problem.maximize() == Measure.ACCURACY ? quality.accuracy() : quality.f1().orElse(1);
  }

  /** The best option that also satisfies the cost bound, by the tie-breaking rules. */
  Option best(List<Option> within) {
    boolean isCost = problem.bounds().haveQuality();
    List<Option> left = isCost ? cheapest(within) : greatest(within);
    left = isCost ? greatest(left) : cheapest(left);
    return left.get(0);
  }

  private static List<Option> cheapest(List<Option> options) {
    double least = options.stream().mapToDouble(Option::cost).min().orElseThrow();
    return options.stream().filter(o -> o.cost() <= least + 1e-9 * Math.max(1, least)).toList();
  }

  private List<Option> greatest(List<Option> options) {
    double most = options.stream().mapToDouble(o -> measure(o.quality())).max().orElseThrow();
    return options.stream().filter(o -> measure(o.quality()) >= most - 1e-9).toList();
  }
}
