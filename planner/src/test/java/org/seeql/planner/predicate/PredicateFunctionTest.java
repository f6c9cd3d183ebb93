package org.seeql.planner.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.parser.StandalonePredicate;

class PredicateFunctionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "person OR (person AND unicorn); [person]",
        "(a AND b) OR (a AND NOT b); [a]",
        "b AND a; [b, a]",
        "dog OR NOT dog; []",
        "dog AND NOT dog; []",
        "NOT NOT x; [x]",
        "(a OR b) AND (a OR NOT b) AND (c OR d) ; [a, c, d]"
      })
  void dependsOnTheClassesThatMatter(String text, String classes) {
    assertThat(PredicateFunction.of(StandalonePredicate.parse(text)).classes())
        .hasToString(classes);
  }

  @Test
  void isOneNodeForEqualFunctions() {
    DecisionDiagram diagram = new DecisionDiagram(3);
    int a = diagram.of(0);
    int b = diagram.of(1);
    int c = diagram.of(2);

    int distributed = diagram.or(diagram.and(a, b), diagram.and(a, c));

    assertThat(distributed).isEqualTo(diagram.and(a, diagram.or(b, c)));
    assertThat(diagram.not(diagram.not(distributed))).isEqualTo(distributed);
    assertThat(diagram.rest(distributed, 2, true)).isEqualTo(a);
    assertThat(diagram.rest(distributed, 0, false)).isEqualTo(DecisionDiagram.FALSE);
    assertThat(diagram.support(distributed)).isEqualTo(0b111);
  }

  @Test
  void hasAsManyRestsAsClassesAllowWhereEachIsNamedOnce() {
    PredicateFunction function =
        PredicateFunction.of(
            StandalonePredicate.parse("(a AND b) OR (c AND d) OR (e AND f) OR (g AND h)"));

    assertThat(rests(function)).isEqualTo(257);
  }

  @Test
  void hasFewMoreRestsWhereClassesAreRepeated() {
    PredicateFunction function =
        PredicateFunction.of(
            StandalonePredicate.parse(
                "(a AND b) OR (b AND c) OR (c AND d) OR (d AND e) OR (e AND f) OR (f AND g)"
                    + " OR (g AND h)"));

    assertThat(rests(function)).isEqualTo(417);
  }

  private static int rests(PredicateFunction function) {
    java.util.Set<Integer> rests = new java.util.HashSet<>();
    java.util.Deque<Integer> todo = new java.util.ArrayDeque<>();
    todo.add(function.function());
    while (!todo.isEmpty()) {
      int rest = todo.pop();
      if (rests.add(rest)) {
        for (int variable = 0; variable < function.classes().size(); variable++) {
          todo.add(function.diagram().rest(rest, variable, false));
          todo.add(function.diagram().rest(rest, variable, true));
        }
      }
    }
    return rests.size();
  }
}
