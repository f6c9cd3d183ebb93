package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.seeql.planner.cascade.States.State;
import org.seeql.planner.optimizer.Step;

/** A candidate with its graph, and its figures on both halves. */
final class TestedPlan {
  /** About the work that one second allows. */
  private static final long MAX_STATE_WORK = 40_000_000;

  /** A larger graph is neither stored nor followed. */
  private static final int MAX_ARCS = 50_000;

  /** A plan that depends on more than the order of its models has a small graph. */
  private static final int MAX_BEST_ARCS = 10_000;

  private final CascadeInstance instance;
  private final States states;
  private final List<List<Rung>> ladders;
  private final Graph graph;
  private final double[] costs;
  private final Graph.Walk selection;
  private final Graph.Walk certification;

  private TestedPlan(
      CascadeInstance instance,
      States states,
      List<List<Rung>> ladders,
      double[] costs,
      Graph graph,
      Candidate candidate) {
    this.instance = instance;
    this.states = states;
    this.ladders = ladders;
    this.costs = costs;
    this.graph = graph;
    this.selection = walk(candidate, instance.selection());
    this.certification = walk(candidate, instance.certification());
  }

  /**
   * The plan of a candidate, with the cheapest graph that is not too large; empty if there is none.
   */
  static Optional<TestedPlan> find(CascadeSearch search, Candidate candidate) {
    return findBest(search, candidate).or(() -> findInOrder(search, candidate));
  }

  /**
   * The plan of a candidate whose models run in a fixed order; empty if its graph is too large. Its
   * quality is that of the plan with the cheapest graph.
   */
  static Optional<TestedPlan> findInOrder(CascadeSearch search, Candidate candidate) {
    CascadeInstance instance = search.evaluator().instance();
    States states = new States(instance, candidate.ladders());
    int[] ranks = CandidateEvaluator.ranks(states, candidate.order());
    return find(search, candidate, states, new OrderPolicy(states, ranks), MAX_ARCS);
  }

  private static Optional<TestedPlan> findBest(CascadeSearch search, Candidate candidate) {
    CascadeInstance instance = search.evaluator().instance();
    States states = new States(instance, candidate.ladders());
    int[] ranks = CandidateEvaluator.ranks(states, candidate.order());
    RowPartition rows = new RowPartition(instance.selection().rows(), candidate.verdicts());
    BestOrder best = new BestOrder(states, search.evaluator().costs(states), rows, MAX_STATE_WORK);
    return best.findCost().isPresent()
        ? find(search, candidate, states, new BestPolicy(states, best, ranks), MAX_BEST_ARCS)
        : Optional.empty();
  }

  private static Optional<TestedPlan> find(
      CascadeSearch search, Candidate candidate, States states, Graph.Policy policy, int maxArcs) {
    CandidateEvaluator evaluator = search.evaluator();
    CascadeInstance instance = evaluator.instance();
    List<List<Rung>> ladders =
        IntStream.range(0, instance.variables())
            .mapToObj(v -> candidate.ladders()[v].rungs(instance, evaluator.thresholds()[v]))
            .toList();
    double[] costs = evaluator.costs(states);
    return Graph.find(instance, states, ladders, policy, maxArcs)
        .map(graph -> new TestedPlan(instance, states, ladders, costs, graph, candidate));
  }

  /** Runs the model of highest priority. */
  @SuppressWarnings("ArrayRecordComponent") // created once per plan
  private record OrderPolicy(States states, int[] ranks) implements Graph.Policy {
    @Override
    public int next(State state) {
      return OrderReplay.first(states.eligible(state), ranks);
    }

    @Override
    public State canonical(State state) {
      return states.forgetful(state);
    }

    @Override
    public boolean remembers() {
      return false;
    }
  }

  /**
   * Runs the best model for the rows in a state. A state that no row reaches has the order of the
   * plan.
   */
  @SuppressWarnings("ArrayRecordComponent") // created once per plan
  private record BestPolicy(States states, BestOrder best, int[] ranks) implements Graph.Policy {
    @Override
    public int next(State state) {
      return best.findNext(state).orElseGet(() -> OrderReplay.first(states.eligible(state), ranks));
    }

    @Override
    public State canonical(State state) {
      return best.findNext(state).isPresent() ? state : states.forgetful(state);
    }
  }

  private Graph.Walk walk(Candidate candidate, Half half) {
    int[][] global = Arrays.stream(candidate.ladders()).map(Ladder::models).toArray(int[][]::new);
    int[][] local =
        Arrays.stream(global)
            .map(models -> IntStream.of(models).map(states::local).toArray())
            .toArray(int[][]::new);
    return graph.walk(half, Verdicts.of(half, global, ladders), costs, local);
  }

  Counts certification() {
    return certification.counts();
  }

  Counts selection() {
    return selection.counts();
  }

  Figures certificationFigures() {
    return figures(certification);
  }

  Figures selectionFigures() {
    return figures(selection);
  }

  private static Figures figures(Graph.Walk walk) {
    return new Figures(walk.counts().rows(), walk.costMillis(), walk.counts().quality());
  }

  SortedMap<String, List<Rung>> ladders() {
    SortedMap<String, List<Rung>> byClass = new TreeMap<>();
    for (int variable = 0; variable < ladders.size(); variable++) {
      byClass.put(instance.className(variable), ladders.get(variable));
    }
    return byClass;
  }

  Step root() {
    return step(graph.root());
  }

  private Step step(int place) {
    return Graph.isDecided(place) ? new Step.Decide(Graph.answer(place)) : new Step.Then(id(place));
  }

  /** Nodes are numbered from the root. */
  private int id(int place) {
    return graph.nodes().size() - 1 - place;
  }

  List<CascadeNode> nodes() {
    List<CascadeNode> nodes = new ArrayList<>();
    double rows = Math.max(1, instance.certification().rows());
    for (int place = 0; place < graph.nodes().size(); place++) {
      Graph.Node node = graph.nodes().get(place);
      SortedMap<String, Integer> reads = new TreeMap<>();
      node.reads().forEach(read -> reads.put(instance.className(read.variable()), read.rung()));
      List<CascadeBranch> next = node.arcs().stream().map(this::branch).toList();
      nodes.add(
          new CascadeNode(
              id(place),
              instance.modelName(states.models()[node.model()]),
              reads,
              costs[node.model()],
              certification.reached()[place] / rows,
              next));
    }
    Collections.reverse(nodes);
    return nodes;
  }

  private CascadeBranch branch(Graph.Arc arc) {
    SortedMap<String, Verdict> when = new TreeMap<>();
    arc.when().forEach(c -> when.put(instance.className(c.variable()), c.verdict()));
    return new CascadeBranch(when, step(arc.to()));
  }
}
