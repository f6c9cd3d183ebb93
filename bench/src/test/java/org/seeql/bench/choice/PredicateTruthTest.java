package org.seeql.bench.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.parser.StandalonePredicate;

class PredicateTruthTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "dog OR cat AND NOT person | true",
        "(dog OR cat) AND NOT dog | false",
        "NOT (cat OR bird) | true",
        "'traffic light' AND dog | true",
        "cat | false"
      })
  void followsTheOperators(String predicate, boolean expected) {
    PredicateTruth truth = new PredicateTruth(Set.of("dog", "traffic light"));

    assertThat(StandalonePredicate.parse(predicate).accept(truth)).isEqualTo(expected);
  }
}
