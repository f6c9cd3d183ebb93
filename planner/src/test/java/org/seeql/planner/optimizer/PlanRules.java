package org.seeql.planner.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules for every plan, checked by walking all of its paths with every truth. */
final class PlanRules {
  private static final double EQUAL = 1e-9;

  private final BruteForce definitions;
  private final DecisionPlan plan;
  private final Set<Integer> seen = new HashSet<>();

  private PlanRules(BruteForce definitions, DecisionPlan plan) {
    this.definitions = definitions;
    this.plan = plan;
  }

  static void check(BruteForce definitions, DecisionPlan plan) {
    assertThat(new ArrayList<>(plan.assignment().keySet())).isEqualTo(definitions.classes());
    PlanRules rules = new PlanRules(definitions, plan);
    rules.walk(plan.root(), new TreeMap<>(), new TreeSet<>());
    assertThat(rules.seen).as("nodes that are reached").hasSize(plan.nodes().size());
    rules.push();
  }

  private void walk(Step step, Map<String, Boolean> answers, Set<String> ran) {
    if (step instanceof Step.Decide decide) {
      assertThat(definitions.decided(answers)).as("%s", answers).isEqualTo(decide.answer());
      return;
    }
    DecisionNode node = plan.nodes().get(((Step.Then) step).node());
    seen.add(node.id());
    assertThat(definitions.decided(answers)).as("undecided at %s", node).isNull();
    assertThat(node.run()).noneMatch(ran::contains).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(node.answers().values())).isEqualTo(new TreeSet<>(node.run()));
    assertThat(node.answers().keySet()).noneMatch(answers::containsKey);
    assertThat(node.answers().keySet()).anyMatch(name -> definitions.matters(name, answers));
    node.answers().forEach((name, m) -> assertThat(plan.assignment().get(name)).contains(m));
    Set<String> runThen = new TreeSet<>(ran);
    runThen.addAll(node.run());
    for (Map<String, Boolean> vector : BruteForce.vectors(List.copyOf(node.answers().keySet()))) {
      List<Branch> fitting =
          node.next().stream()
              .filter(b -> vector.entrySet().containsAll(b.when().entrySet()))
              .toList();
      assertThat(fitting).as("%s at %s", vector, node).hasSize(1);
      Map<String, Boolean> more = new TreeMap<>(answers);
      more.putAll(vector);
      walk(fitting.get(0).step(), more, runThen);
    }
  }

  private void push() {
    double[] reach = new double[plan.nodes().size()];
    double[] ends = new double[4];
    for (BruteForce.Row row : definitions.rows()) {
      push(plan.root(), row, row.weight(), reach, ends);
    }
    double cost = 0;
    for (DecisionNode node : plan.nodes()) {
      assertThat(node.reach()).isCloseTo(reach[node.id()], within(EQUAL));
      cost += reach[node.id()] * node.costMillis();
    }
    assertThat(plan.expectedCostMillis()).isCloseTo(cost, within(EQUAL * Math.max(1, cost)));
    assertSame(plan.quality(), new Quality(ends[3], ends[1], ends[2], ends[0]));
  }

  static void assertSame(Quality actual, Quality expected) {
    assertThat(actual.truePositive()).isCloseTo(expected.truePositive(), within(EQUAL));
    assertThat(actual.falsePositive()).isCloseTo(expected.falsePositive(), within(EQUAL));
    assertThat(actual.falseNegative()).isCloseTo(expected.falseNegative(), within(EQUAL));
    assertThat(actual.trueNegative()).isCloseTo(expected.trueNegative(), within(EQUAL));
  }

  private void push(Step step, BruteForce.Row row, double share, double[] reach, double[] ends) {
    if (step instanceof Step.Decide decide) {
      ends[(definitions.holds(row.truth()) ? 2 : 0) + (decide.answer() ? 1 : 0)] += share;
      return;
    }
    DecisionNode node = plan.nodes().get(((Step.Then) step).node());
    reach[node.id()] += share;
    for (Branch branch : node.next()) {
      double part = share;
      for (Map.Entry<String, Boolean> answer : branch.when().entrySet()) {
        String model = node.answers().get(answer.getKey());
        part *= definitions.says(model, answer.getKey(), answer.getValue(), row);
      }
      push(branch.step(), row, part, reach, ends);
    }
  }
}
