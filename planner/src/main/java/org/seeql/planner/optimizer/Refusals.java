package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.optimizer.Outcome.Proof;
import org.seeql.planner.predicate.PredicateFunction;

/** Composes the messages for problems without a plan. */
final class Refusals {
  private Refusals() {}

  /** The refusal for too many classes; also includes other problems with these classes. */
  static Refusal tooManyClasses(ChoiceProblem problem, List<String> classes) {
    String tooMany =
        "The predicate names %d classes (at most %d); use fewer classes, or search in two steps"
            .formatted(classes.size(), PredicateFunction.MAX_CLASSES);
    return Refusal.of(
        problem.strategy(),
        Refusal.Kind.TOO_MANY_CLASSES,
        ofClasses(problem, classes).map(more -> tooMany + "; " + more.message()).orElse(tooMany));
  }

  /** The refusal for classes about which nothing is known, or that no model answers. */
  static Optional<Refusal> ofClasses(ChoiceProblem problem, List<String> classes) {
    SortedSet<String> answered = new TreeSet<>();
    problem.models().forEach(model -> answered.addAll(model.classes().keySet()));
    List<String> sorted = classes.stream().sorted(Instance.BY_NAME).toList();
    List<String> unknown = sorted.stream().filter(c -> !problem.world().covers(c)).toList();
    List<String> uncovered = sorted.stream().filter(c -> !answered.contains(c)).toList();
    List<String> messages = new ArrayList<>();
    if (!unknown.isEmpty()) {
      boolean isSample = problem.world() instanceof PresenceSample;
      messages.add(
          "There is no %s for %s; specify how often images show it"
              .formatted(isSample ? "column of the sample" : "prior", quoted(unknown)));
    }
    for (String name : uncovered) {
      messages.add("No model answers the class: " + NearestNames.unknown("class", name, answered));
    }
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            problem.strategy(),
            unknown.isEmpty() ? Refusal.Kind.UNCOVERED_CLASS : Refusal.Kind.MISSING_PRIOR,
            String.join("; ", messages),
            unknown.isEmpty() ? uncovered : unknown,
            new TreeMap<>()));
  }

  private static String quoted(List<String> names) {
    return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
  }

  static Refusal ofCost(Strategy strategy, Goal goal, Outcome.OutOfCost outcome) {
    String cheapest =
        switch (outcome.proof()) {
          case PROVED -> strategy == Strategy.BASELINE ? "the baseline plan" : "the cheapest plan";
          case NONE_FOUND ->
              "no plan was found, but not all plans were examined; the cheapest plan";
        };
    String other =
        goal.isCost() && strategy != Strategy.BASELINE ? " that satisfies the other bounds" : "";
    SortedMap<String, OptionalDouble> best = new TreeMap<>();
    best.put(Bound.MAX_COST_MS.measureWord(), OptionalDouble.of(outcome.leastCost()));
    return new Refusal(
        strategy,
        Refusal.Kind.MAX_COST_MS,
        cost(goal, cheapest + other, outcome.leastCost()),
        List.of(),
        best);
  }

  private static String cost(Goal goal, String plan, double costMillis) {
    double most = goal.bounds().find(Bound.MAX_COST_MS).orElseThrow();
    return "Cannot satisfy max_cost_ms = %s: %s costs %s ms per image"
        .formatted(number(most), plan, number(costMillis));
  }

  static Refusal ofQuality(
      Instance instance,
      Estimates estimates,
      Strategy strategy,
      Goal goal,
      Outcome.OutOfQuality outcome) {
    List<Bound> missed =
        outcome.best().entrySet().stream()
            .filter(e -> isMissed(goal, e))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    boolean isTogether = missed.isEmpty();
    List<Bound> named = isTogether ? goal.qualityBounds() : missed;
    String what =
        named.stream()
            .map(b -> reached(b, goal, outcome.best().get(b).quality()))
            .collect(Collectors.joining(", "));
    String proof =
        outcome.proof() == Proof.PROVED
            ? ""
            : "; no plan was found that satisfies the bounds, but not all plans were examined";
    double costMillis = outcome.best().get(named.get(0)).costMillis();
    String alsoMissed =
        strategy == Strategy.BASELINE && !goal.keepsCost(costMillis)
            ? "; " + cost(goal, "the baseline plan", costMillis)
            : "";
    String limitedBy = limit(instance, estimates, named.get(0), outcome);
    return new Refusal(
        strategy,
        Refusal.Kind.of(named.get(0)),
        "Cannot satisfy %s%s; the limiting class is '%s'%s%s"
            .formatted(
                what,
                isTogether ? ": each bound can be satisfied alone, but not all together" : "",
                limitedBy,
                proof,
                alsoMissed),
        List.of(),
        best(goal, outcome));
  }

  private static boolean isMissed(Goal goal, Map.Entry<Bound, Evaluated> best) {
    double bound = goal.bounds().find(best.getKey()).orElseThrow();
    return goal.value(best.getKey(), best.getValue().quality()) < bound - Goal.SLACK;
  }

  private static String reached(Bound bound, Goal goal, Quality best) {
    String asked = bound.word() + " = " + number(goal.bounds().find(bound).orElseThrow());
    String reached = " (at best " + number(best.of(bound));
    return goal.isPlain()
        ? asked + reached + ")"
        : asked + reached + ", lower end " + number(goal.value(bound, best)) + ")";
  }

  private static SortedMap<String, OptionalDouble> best(Goal goal, Outcome.OutOfQuality outcome) {
    SortedMap<String, OptionalDouble> best = new TreeMap<>();
    for (Bound bound : goal.qualityBounds()) {
      best.put(bound.measureWord(), outcome.best().get(bound).quality().find(bound));
    }
    return best;
  }

  /** The class that limits an assignment most with respect to a bound. */
  private static String limit(
      Instance instance, Estimates estimates, Bound bound, Outcome.OutOfQuality outcome) {
    int[] assignment = outcome.best().get(bound).assignment();
    return IntStream.of(instance.sorted())
        .boxed()
        .max(Comparator.comparingDouble(v -> estimates.qualityIfPerfect(assignment, v).of(bound)))
        .map(instance::className)
        .orElseThrow();
  }

  private static String number(double value) {
    return new java.math.BigDecimal(String.format(Locale.ROOT, "%.6f", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}
