package org.seeql.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
  @ParameterizedTest
  @CsvSource({
    "0.7, 1, '0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.00'",
    "0.826, 1, '0.82, 0.84, 0.86, 0.88, 0.90, 0.92, 0.94, 0.96, 0.98, 1.00'",
    "0, 1, '0.0, 0.2, 0.4, 0.6, 0.8, 1.0'",
    "0, 122, '0, 20, 40, 60, 80, 100, 120, 140'",
    "0, 1543.7, '0, 200, 400, 600, 800, 1000, 1200, 1400, 1600'",
    "-0.3, 0.3, '-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3'",
    "1, 1, '1.0, 1.2, 1.4, 1.6, 1.8, 2.0'",
  })
  void containsBothValuesInRoundSteps(double lowest, double highest, String ticks) {
    Scale scale = Scale.of(lowest, highest);

    assertThat(scale.ticks().stream().map(scale::text).toList()).containsExactly(ticks.split(", "));
    assertThat(scale.position(lowest)).isBetween(-1e-9, 1 + 1e-9);
    assertThat(scale.position(highest)).isBetween(-1e-9, 1 + 1e-9);
  }
}
