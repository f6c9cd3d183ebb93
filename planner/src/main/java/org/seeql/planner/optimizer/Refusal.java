package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * No plan, and why: the user's to change.
 *
 * @param message what, why and the cure; all reasons where there are several
 * @param classes those without a prior or a model; else empty
 * @param best what can be reached of the bounds that cannot be kept, by the word for the measure
 *     ({@code accuracy}, {@code precision}, {@code recall}, {@code f1}, {@code expected_cost_ms});
 *     empty within for a measure that is undefined
 */
public record Refusal(
    Strategy strategy,
    Kind kind,
    String message,
    List<String> classes,
    SortedMap<String, OptionalDouble> best)
    implements Choice {

  /** Why, in the order in which the first of several reasons is named. */
  public enum Kind {
    SYNTAX,
    INPUT,
    TOO_MANY_CLASSES,
    MISSING_PRIOR,
    UNCOVERED_CLASS,
    MIN_ACCURACY,
    MIN_PRECISION,
    MIN_RECALL,
    MIN_F1,
    MAX_COST_MS;

    /** As it is written in refusals. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(Bound bound) {
      return valueOf(bound.name());
    }
  }

  public Refusal {
    requireNonNull(strategy, "strategy is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(message, "message is null");
    classes = List.copyOf(classes);
    best = Collections.unmodifiableSortedMap(new TreeMap<>(best));
  }

  /** A refusal that has nothing to add to its message. */
  public static Refusal of(Strategy strategy, Kind kind, String message) {
    return new Refusal(strategy, kind, message, List.of(), new TreeMap<>());
  }
}
