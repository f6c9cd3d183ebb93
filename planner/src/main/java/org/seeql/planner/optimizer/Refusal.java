package org.seeql.planner.optimizer;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result if there is no plan, with a reason that the user can act on.
 *
 * @param message what is wrong, why, and how to fix it; all reasons if there are several
 * @param classes those without a prior or a model; otherwise empty
 * @param best the best values within reach for the bounds that cannot be satisfied, by measure
 *     ({@code accuracy}, {@code precision}, {@code recall}, {@code f1}, {@code expected_cost_ms});
 *     the inner value is empty for a measure that is undefined
 */
public record Refusal(
    Strategy strategy,
    Kind kind,
    String message,
    List<String> classes,
    SortedMap<String, OptionalDouble> best)
    implements Choice {

  /** The reason, in the order of precedence if there are several. */
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

    /** The keyword in refusals. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The reason that a bound cannot be satisfied. */
    public static Kind of(Bound bound) {
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

  /** A refusal with a message only. */
  public static Refusal of(Strategy strategy, Kind kind, String message) {
    return new Refusal(strategy, kind, message, List.of(), new TreeMap<>());
  }
}
