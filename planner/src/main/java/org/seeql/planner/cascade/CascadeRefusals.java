package org.seeql.planner.cascade;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.predicate.PredicateFunction;

/** The reasons why there is no cascade. Pure. */
final class CascadeRefusals {
  private CascadeRefusals() {}

  static Refusal tooManyClasses(CascadeProblem problem, List<String> classes) {
    String tooMany =
        "The predicate names %d classes (at most %d); use fewer classes, or search in two steps"
            .formatted(classes.size(), PredicateFunction.MAX_CLASSES);
    return Refusal.of(
        Strategy.CASCADE,
        Refusal.Kind.TOO_MANY_CLASSES,
        ofClasses(problem, classes).map(more -> tooMany + "; " + more.message()).orElse(tooMany));
  }

  /** The refusal for classes that the sample does not contain, or for which no model has scores. */
  static Optional<Refusal> ofClasses(CascadeProblem problem, List<String> classes) {
    SortedSet<String> scored = new TreeSet<>();
    problem
        .sample()
        .scores()
        .forEach(
            (model, ofClasses) -> {
              if (problem.costs().containsKey(model)) {
                scored.addAll(ofClasses.keySet());
              }
            });
    List<String> sorted = classes.stream().sorted(CascadeInstance.BY_NAME).toList();
    List<String> unknown =
        sorted.stream().filter(c -> !problem.sample().classes().contains(c)).toList();
    List<String> uncovered = sorted.stream().filter(c -> !scored.contains(c)).toList();
    List<String> messages = new ArrayList<>();
    if (!unknown.isEmpty()) {
      messages.add(
          "There is no column of the sample for %s; specify how often images show it"
              .formatted(
                  unknown.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "))));
    }
    for (String name : uncovered) {
      messages.add("No model has scores: " + NearestNames.unknown("class", name, scored));
    }
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            Strategy.CASCADE,
            unknown.isEmpty() ? Refusal.Kind.UNCOVERED_CLASS : Refusal.Kind.MISSING_PRIOR,
            String.join("; ", messages),
            unknown.isEmpty() ? uncovered : unknown,
            new TreeMap<>()));
  }

  static Refusal tooFewRows(CascadeProblem problem) {
    return Refusal.of(
        Strategy.CASCADE,
        Refusal.Kind.INPUT,
        "The sample has %d rows; a cascade needs at least 2, of which every second one certifies the plan"
            .formatted(problem.sample().rows().size()));
  }

  static Refusal tooLarge() {
    return Refusal.of(
        Strategy.CASCADE,
        Refusal.Kind.INPUT,
        "The cascades for this predicate have too many branches; use fewer classes, or another strategy");
  }

  /** The refusal if all plans exceed the cost bound. */
  static Refusal ofCost(CascadeProblem problem, List<TestedPlan> plans) {
    double least =
        plans.stream()
            .mapToDouble(plan -> plan.selectionFigures().expectedCostMillis())
            .min()
            .orElseThrow();
    SortedMap<String, OptionalDouble> best = new TreeMap<>();
    best.put(Bound.MAX_COST_MS.measureWord(), OptionalDouble.of(least));
    return new Refusal(
        Strategy.CASCADE,
        Refusal.Kind.MAX_COST_MS,
        "Cannot satisfy max_cost_ms = %s: the cheapest cascade that was found%s costs %s ms per image"
            .formatted(
                number(problem.bounds().find(Bound.MAX_COST_MS).orElseThrow()),
                problem.bounds().haveQuality() ? " for the other bounds" : "",
                number(least)),
        List.of(),
        best);
  }

  /** The refusal if the safest plan is not certified. */
  static Refusal ofQuality(
      CascadeProblem problem, TestedPlan plan, SortedMap<Bound, Limit> limits) {
    List<Bound> missed = CascadeChooser.missed(problem.bounds(), limits);
    SortedMap<String, OptionalDouble> best = new TreeMap<>();
    limits.forEach(
        (bound, limit) -> best.put(bound.measureWord(), OptionalDouble.of(limit.lower())));
    String what =
        missed.stream()
            .map(bound -> missed(problem, bound, limits.get(bound)))
            .collect(Collectors.joining(", "));
    return new Refusal(
        Strategy.CASCADE,
        Refusal.Kind.of(missed.get(0)),
        "Cannot certify %s with confidence %s; %s"
            .formatted(what, number(problem.confidenceLevel()), cure(problem, plan, missed)),
        List.of(),
        best);
  }

  private static String missed(CascadeProblem problem, Bound bound, Limit limit) {
    return "%s = %s (certified %s, from %d of %d images)"
        .formatted(
            bound.word(),
            number(problem.bounds().find(bound).orElseThrow()),
            number(limit.lower()),
            limit.successes(),
            limit.trials());
  }

  /** How many labelled images would suffice if the plan is as good as on the whole sample. */
  private static String cure(CascadeProblem problem, TestedPlan plan, List<Bound> missed) {
    List<String> needs = new ArrayList<>();
    for (Bound bound : missed) {
      int trials = plan.selection().trials(bound) + plan.certification().trials(bound);
      int successes = plan.selection().successes(bound) + plan.certification().successes(bound);
      double truth = trials == 0 ? 0 : successes / (double) trials;
      double share = Shares.ofMeasure(bound, problem.bounds().find(bound).orElseThrow());
      OptionalInt needed = BinomialLimit.trialsFor(share, truth, problem.errorLevel());
      String measured =
          "%s of the safest plan is %s on the whole sample"
              .formatted(bound.measureWord(), number(Shares.toMeasure(bound, truth)));
      if (trials == 0) {
        needs.add(
            "the sample has no image on which %s can be measured".formatted(bound.measureWord()));
      } else if (needed.isEmpty()) {
        needs.add(measured + ", so more images would not suffice: reduce " + bound.word());
      } else {
        double images = 2.0 * needed.getAsInt() * problem.sample().rows().size() / (double) trials;
        needs.add(
            "%s, so about %d labelled images%s would probably suffice"
                .formatted(
                    measured, (long) Math.ceil(images), part(bound, 2L * needed.getAsInt())));
      }
    }
    return String.join("; ", needs);
  }

  private static String part(Bound bound, long images) {
    return switch (bound) {
      case MIN_PRECISION -> " (%d of them returned)".formatted(images);
      case MIN_RECALL -> " (%d of them satisfying the predicate)".formatted(images);
      case MIN_F1 -> " (%d of them returned or satisfying the predicate)".formatted(images);
      case MIN_ACCURACY, MAX_COST_MS -> "";
    };
  }

  static String number(double value) {
    if (Double.isInfinite(value)) {
      return "infinitely many";
    }
    return new BigDecimal(String.format(Locale.ROOT, "%.6f", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}
