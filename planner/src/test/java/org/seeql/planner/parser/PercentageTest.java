package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.PredictStatement;

class PercentageTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5% | 5%",
        "2.5%, b = 1 | 2.5%",
        "[5%, 6] | 5%, 6",
        "5 % 3 | 5 % 3",
        "5%3 | 5%3",
        "5 %(3) | 5 %(3)"
      })
  void aPercentageIsAValue(String value, String text) {
    AttributeValue parsed =
        ((PredictStatement)
                ProgramParser.parse("SELECT * FROM i TO PREDICT t.c WITH a = " + value + " USING m")
                    .statements()
                    .get(0))
            .with()
            .values()
            .get("a");

    assertThat(parsed.text().replace(",6", ", 6")).isEqualTo(text);
  }
}
