package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandalonePredicateTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = ';',
      value = {
        "a; Presence[className=a]",
        "t-shirt; Presence[className=t-shirt]",
        "'it''s'; Presence[className=it's]",
        "\"say \"\"no\"\"\"; Presence[className=say \"no\"]",
        "`a``b`; Presence[className=a`b]",
        "'a\\'; Presence[className=a\\]",
        "'NOT'; Presence[className=NOT]",
        "with; Presence[className=with]",
        "nOt a; Not[part=Presence[className=a]]",
        "9a_; Presence[className=9a_]"
      })
  void readsNamesAsTheyAreWrittenOutsideSql(String text, String meaning) {
    assertThat(StandalonePredicate.parse(text)).hasToString(meaning);
  }

  @Test
  void bindsNotBeforeAndBeforeOr() {
    assertThat(StandalonePredicate.parse("a OR NOT b AND c"))
        .isEqualTo(StandalonePredicate.parse("a OR ((NOT b) AND c)"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      delimiter = ';',
      value = {
        "a AND; line 1, column 6: The predicate ends too early",
        "~~; line 1, column 1: The predicate ends too early",
        "a b; line 1, column 3: Unexpected b",
        "a AND OR; line 1, column 7: Unexpected OR",
        "(a; line 1, column 3: The predicate ends too early",
        "a); line 1, column 2: Unexpected )",
        "''; line 1, column 1: A name is empty",
        "'a; line 1, column 1: The string that starts here is not terminated",
        "-a; line 1, column 1: Unexpected -",
        "a & b; line 1, column 3: Unexpected &"
      })
  void showsWhereItIsWrong(String text, String message) {
    assertThatThrownBy(() -> StandalonePredicate.parse(text))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void drawsACaretUnderTheMistakeOfALaterLine() {
    assertThatThrownBy(() -> StandalonePredicate.parse("dog AND\n  cat cow"))
        .hasMessage(
            "line 2, column 7: Unexpected cow%n    cat cow%n        ^%nexpected: AND, OR, the end of"
                    .formatted()
                + " the predicate");
  }

  @Test
  void refusesTenThousandParentheses() {
    assertThatThrownBy(
            () -> StandalonePredicate.parse("(".repeat(10_000) + "a" + ")".repeat(10_000)))
        .isInstanceOf(SqlSyntaxException.class)
        .hasMessageStartingWith("line 1, column 401: The predicate is nested deeper than 400");
  }
}
