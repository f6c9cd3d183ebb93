package org.seeql.planner.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotedNamesTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "person | person",
        "person, dog | person;dog",
        "'\"a, b\", c' | 'a, b;c'",
        "'c , \" a \"' | 'c; a '",
        "'\"5\"\" pipe\"' | '5\" pipe'",
        "'a\"b' | 'a\"b'",
        "'a,,b' | 'a;;b'",
        "'a,' | 'a;'"
      })
  void splitsAtCommasOutsideOfQuotes(String text, String names) {
    assertThat(String.join(";", QuotedNames.parse(text))).isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {"'\"a' | a quote is not closed", "'\"a\" b, c' | text follows a closing quote"})
  void refusesIncompleteQuotes(String text, String reason) {
    assertThatThrownBy(() -> QuotedNames.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(reason);
  }

  @Test
  void formatsWhatItParses() {
    List<String> names = List.of("person", "a, b", " x", "\"q\"", "5\" pipe");

    assertThat(QuotedNames.parse(QuotedNames.format(names))).isEqualTo(names);
  }
}
