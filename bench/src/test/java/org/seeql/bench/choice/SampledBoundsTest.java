package org.seeql.bench.choice;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampledBoundsTest {
  @ParameterizedTest
  @CsvSource({"0.25, no plan", "0.4, no plan", "0.5, 3.0000", "1, 5.0000"})
  void aQuantileAmongInstancesWithoutAPlanIsNoPlan(double share, String quantile) {
    double[] accuracies = {NEGATIVE_INFINITY, NEGATIVE_INFINITY, 3, 4, 5};
    double[] costs = {-5, -4, -3, POSITIVE_INFINITY, POSITIVE_INFINITY};

    assertThat(SampledBounds.quantile(accuracies, share)).isEqualTo(quantile);
    assertThat(SampledBounds.quantile(costs, 1 - share).replace("-", "")).isEqualTo(quantile);
  }
}
