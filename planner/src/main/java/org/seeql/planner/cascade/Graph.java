package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seeql.planner.cascade.States.State;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * The graph that images follow. Nodes with equal content are one node.
 *
 * @param root a node, or {@link #decided}
 * @param nodes in an order in which each comes after its successors
 */
record Graph(int root, List<Node> nodes) {

  /**
   * A node at which a model runs.
   *
   * @param model of the plan
   * @param reads the classes that are evaluated, in the order of their names, with their first rung
   */
  record Node(int model, List<Read> reads, List<Arc> arcs) {}

  record Read(int variable, int rung) {}

  /**
   * The successor for certain verdicts.
   *
   * @param when the required verdicts
   * @param to a node, or {@link #decided}
   */
  record Arc(List<Condition> when, int to) {}

  record Condition(int variable, Verdict verdict) {}

  /** Chooses the model that runs in a state. */
  interface Policy {
    int next(State state);

    /** The state without what the policy does not need from here on. */
    State canonical(State state);

    /** Whether the policy may depend on answers that no longer matter to the predicate. */
    default boolean remembers() {
      return true;
    }
  }

  static int decided(int constant) {
    return ~constant;
  }

  static boolean isDecided(int place) {
    return place < 0;
  }

  static boolean answer(int place) {
    return ~place == DecisionDiagram.TRUE;
  }

  /**
   * Follows a policy from the start through all verdicts.
   *
   * @param maxArcs the size above which the graph is not built
   * @return empty if the graph is larger
   */
  static Optional<Graph> find(
      CascadeInstance instance,
      States states,
      List<List<Rung>> ladders,
      Policy policy,
      int maxArcs) {
    Builder builder = new Builder(instance.sorted(), states, ladders, policy, maxArcs);
    try {
      int root = builder.place(states.start());
      return Optional.of(new Graph(root, builder.nodes));
    } catch (TooManyArcsException e) {
      return Optional.empty();
    }
  }

  private static final class TooManyArcsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyArcsException() {
      super("too many arcs", null, false, false);
    }
  }

  private static final class Builder {
    private final int[] sorted;
    private final States states;
    private final List<List<Rung>> ladders;
    private final Policy policy;
    private final int maxArcs;
    private int arcs;
    private final Map<State, Integer> places = new HashMap<>();
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    Builder(int[] sorted, States states, List<List<Rung>> ladders, Policy policy, int maxArcs) {
      this.maxArcs = maxArcs;
      this.sorted = sorted;
      this.states = states;
      this.ladders = ladders;
      this.policy = policy;
    }

    int place(State full) {
      if (states.isDecided(full)) {
        return decided(full.rest());
      }
      State state = policy.canonical(full);
      Integer known = places.get(state);
      if (known != null) {
        return known;
      }
      int model = policy.next(state);
      int readers = states.readers(state, model);
      List<Integer> order =
          IntStream.of(sorted).filter(v -> (readers >>> v & 1) != 0).boxed().toList();
      List<Arc> arcs = arcs(states.ran(state, model), order);
      List<Read> reads =
          order.stream()
              .filter(v -> arcs.stream().anyMatch(arc -> names(arc, v)))
              .map(v -> new Read(v, States.rung(state, v)))
              .toList();
      int place = number(new Node(model, reads, arcs));
      places.put(state, place);
      return place;
    }

    private static boolean names(Arc arc, int variable) {
      return arc.when().stream().anyMatch(c -> c.variable() == variable);
    }

    private int number(Node node) {
      Integer known = numbers.putIfAbsent(node, nodes.size());
      if (known != null) {
        return known;
      }
      nodes.add(node);
      return nodes.size() - 1;
    }

    /** The arcs for all verdicts on some classes; classes that make no difference are left out. */
    private List<Arc> arcs(State state, List<Integer> open) {
      if (open.isEmpty() || states.isDecided(state)) {
        if (++arcs > maxArcs) {
          throw new TooManyArcsException();
        }
        return List.of(new Arc(List.of(), place(state)));
      }
      int variable = open.get(0);
      List<Integer> others = open.subList(1, open.size());
      if (!policy.remembers() && !states.matters(state, variable)) {
        return arcs(state, others);
      }
      int stop = states.stop(state, variable);
      Map<Verdict, List<Arc>> byVerdict = new EnumMap<>(Verdict.class);
      for (Verdict verdict : Verdict.values()) {
        if (isPossible(verdict, state, variable, stop)) {
          byVerdict.put(verdict, arcs(states.after(state, variable, verdict, stop), others));
        }
      }
      if (byVerdict.values().stream().distinct().count() == 1) {
        return byVerdict.values().iterator().next();
      }
      List<Arc> arcs = new ArrayList<>();
      byVerdict.forEach(
          (verdict, following) -> {
            for (Arc arc : following) {
              List<Condition> when = new ArrayList<>();
              when.add(new Condition(variable, verdict));
              when.addAll(arc.when());
              arcs.add(new Arc(List.copyOf(when), arc.to()));
            }
          });
      return List.copyOf(arcs);
    }

    /** Whether the rungs that are evaluated can have a verdict at all. */
    private boolean isPossible(Verdict verdict, State state, int variable, int stop) {
      List<Rung> rungs = ladders.get(variable).subList(States.rung(state, variable), stop);
      return switch (verdict) {
        case NO -> rungs.stream().anyMatch(rung -> rung.noBelow() > 0);
        case YES -> rungs.stream().anyMatch(rung -> rung.yesFrom() < Rung.NEVER);
        case UNSURE -> rungs.stream().noneMatch(Rung::isFinal);
      };
    }
  }

  /** How rows go through the graph. */
  @SuppressWarnings("ArrayRecordComponent") // created once per plan
  record Walk(int[] reached, Counts counts, double costMillis) {}

  /**
   * Sends all rows of a half through the graph.
   *
   * @param costs by model of the plan
   * @param models of each rung, as numbers of the plan, by variable
   */
  Walk walk(Half half, Verdicts verdicts, double[] costs, int[][] models) {
    int[] reached = new int[nodes.size()];
    long[] found = RowSet.empty(half.rows());
    double total = 0;
    for (int row = 0; row < half.rows(); row++) {
      int place = root;
      long ran = 0;
      while (!isDecided(place)) {
        Node node = nodes.get(place);
        reached[place]++;
        total += costs[node.model()];
        ran |= 1L << node.model();
        place = next(node, verdicts, row, ran, models);
      }
      if (answer(place)) {
        RowSet.add(found, row);
      }
    }
    return new Walk(
        reached,
        Counts.of(half.truth(), found, half.rows()),
        half.rows() == 0 ? 0 : total / half.rows());
  }

  private static int next(Node node, Verdicts verdicts, int row, long ran, int[][] models) {
    for (Arc arc : node.arcs()) {
      if (arc.when().stream().allMatch(c -> fits(c, node, verdicts, row, ran, models))) {
        return arc.to();
      }
    }
    throw new IllegalStateException("no branch fits row " + row);
  }

  private static boolean fits(
      Condition condition, Node node, Verdicts verdicts, int row, long ran, int[][] models) {
    int variable = condition.variable();
    int from =
        node.reads().stream()
            .filter(read -> read.variable() == variable)
            .findFirst()
            .orElseThrow()
            .rung();
    int to = from;
    while (to < models[variable].length && (ran >>> models[variable][to] & 1) != 0) {
      to++;
    }
    int verdict = verdicts.of(variable, from, to, row);
    return switch (condition.verdict()) {
      case NO -> verdict == Verdicts.NO;
      case YES -> verdict == Verdicts.YES;
      case UNSURE -> verdict == Verdicts.UNSURE;
    };
  }
}
