package org.seeql.planner.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionValuesTest {
  private final List<OptionDefinition<?>> table = new ArrayList<>();

  private final OptionDefinition<Double> first =
      new OptionDefinition.Builder<>(table::add, "first", OptionType.fraction())
          .byDefault(0.5)
          .in(OptionScope.RUN)
          .changesAnswersOf(AnswerKind.DETECTION);

  private final OptionDefinition<Integer> later =
      new OptionDefinition.Builder<>(table::add, "later", OptionType.count())
          .byDefault(7)
          .notStoredIfDefault()
          .in(OptionScope.RUN)
          .changesAnswersOf(AnswerKind.DETECTION);

  private final OptionList options = new OptionList(table);

  /** Text of versions without the option has the same values, and the same text again. */
  @Test
  void omitsTheDefaultOfAnOptionThatWasAddedLater() {
    OptionValues values = parsed(OptionSet.NONE);

    assertThat(values.get(later)).isEqualTo(7);
    assertThat(values.toMap()).containsExactly(entry("first", "0.5"));
    assertThat(parsed(OptionSet.of(values.toMap(), "runs"))).isEqualTo(values);
  }

  @Test
  void omitsTheDefaultEvenIfItWasSpecified() {
    assertThat(parsed(OptionSet.NONE.with("later", "7", "CMD")).toMap()).containsOnlyKeys("first");
  }

  @Test
  void writesAnyOtherValueOfIt() {
    OptionValues values = parsed(OptionSet.NONE).with(first, 0.25).with(later, 8);

    assertThat(values.toMap()).containsExactly(entry("first", "0.25"), entry("later", "8"));
    assertThat(parsed(OptionSet.of(values.toMap(), "runs"))).isEqualTo(values);
  }

  private OptionValues parsed(OptionSet set) {
    return options.parse(
        set,
        problem -> {
          throw new AssertionError(problem);
        });
  }
}
