package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * The structure of a plan without frequencies: its nodes, each before its successors.
 *
 * @param root a node, or {@link #decided}
 */
record PlanShape(int root, List<Node> nodes) {

  /**
   * Models that run together.
   *
   * @param groups of the assignment
   * @param classes the variables that are answered at this node, one bit per variable
   */
  @SuppressWarnings("ArrayRecordComponent") // read in inner loops
  record Node(int[] groups, int classes, List<Arc> arcs) {}

  /**
   * The successor for images with certain answers.
   *
   * @param classes the variables whose answers are compared, one bit per variable
   * @param answers their required values
   * @param to a node, or {@link #decided}
   */
  record Arc(int classes, int answers, int to) {

    boolean fits(int allAnswers) {
      return (allAnswers & classes) == answers;
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
   * What is known of an image: its residual predicate, and its answers if the policy needs them.
   */
  record Situation(int rest, int answered, int answers) {
    /** Replaces the answered classes: only the residual predicate matters. */
    static final int FORGOTTEN = -1;

    boolean isForgetful() {
      return answered == FORGOTTEN;
    }
  }

  /** Decides which models run next. */
  interface Policy {
    /** The situation before any model has run. */
    Situation start();

    /** The groups that run next; at least one has a class that still matters. */
    int[] next(Situation situation);

    /**
     * The situation after some more answers.
     *
     * @param rest the residual predicate after these answers
     */
    Situation after(Situation before, int rest, int answered, int answers);
  }

  /** Follows a policy from the start through every answer. */
  static PlanShape of(Instance instance, Groups groups, Policy policy) {
    return new Builder(instance, groups, policy).build();
  }

  private static final class Builder {
    private static final int UNDER_WAY = Integer.MIN_VALUE;

    private final Instance instance;
    private final DecisionDiagram diagram;
    private final Groups groups;
    private final Policy policy;
    private final Map<Situation, Integer> places = new HashMap<>();

    /** In the order in which they are finished: each after its successors. */
    private final List<Node> finished = new ArrayList<>();

    Builder(Instance instance, Groups groups, Policy policy) {
      this.instance = instance;
      this.diagram = instance.diagram();
      this.groups = groups;
      this.policy = policy;
    }

    PlanShape build() {
      int root = place(policy.start());
      int last = finished.size() - 1;
      List<Node> nodes = new ArrayList<>();
      for (Node node : finished) {
        List<Arc> arcs =
            node.arcs().stream()
                .map(a -> isDecided(a.to()) ? a : new Arc(a.classes(), a.answers(), last - a.to()))
                .toList();
        nodes.add(new Node(node.groups(), node.classes(), arcs));
      }
      Collections.reverse(nodes);
      return new PlanShape(isDecided(root) ? root : last - root, nodes);
    }

    private int place(Situation situation) {
      if (diagram.isConstant(situation.rest())) {
        return decided(situation.rest());
      }
      Integer known = places.putIfAbsent(situation, UNDER_WAY);
      if (known != null) {
        return known;
      }
      int[] next = policy.next(situation);
      int classes = 0;
      for (int group : next) {
        classes |= groups.classes()[group];
      }
      if (situation.isForgetful()) {
        classes &= diagram.support(situation.rest());
      }
      List<Arc> arcs = new ArrayList<>();
      split(situation, classes, 0, new Arc(0, 0, 0), arcs);
      finished.add(new Node(next, classes, arcs));
      places.put(situation, finished.size() - 1);
      return finished.size() - 1;
    }

    /**
     * Adds the arcs for all combinations of answers.
     *
     * @param open the classes that are answered at this node
     * @param from the index in the sorted classes at which to continue
     * @param so the answers so far
     */
    private void split(Situation situation, int open, int from, Arc so, List<Arc> arcs) {
      int rest = situation.rest();
      int sorted = diagram.isConstant(rest) ? instance.variables() : from;
      int ask = situation.isForgetful() ? open & diagram.support(rest) : open;
      while (sorted < instance.variables() && (ask & (1 << instance.sorted()[sorted])) == 0) {
        sorted++;
      }
      if (sorted == instance.variables()) {
        arcs.add(new Arc(so.classes(), so.answers(), place(situation)));
        return;
      }
      int variable = instance.sorted()[sorted];
      int bit = 1 << variable;
      for (int value = 0; value <= bit; value += bit) {
        int left = diagram.rest(rest, variable, value != 0);
        Arc more = new Arc(so.classes() | bit, so.answers() | value, 0);
        split(policy.after(situation, left, bit, value), open, sorted + 1, more, arcs);
      }
    }
  }
}
