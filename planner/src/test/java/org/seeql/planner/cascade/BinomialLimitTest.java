package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialLimitTest {
  /** Computed with fractions of integers, from the tail of the binomial distribution. */
  @ParameterizedTest
  @CsvSource({
    "311, 330, 0.05, 0.9166592",
    "311, 325, 0.05, 0.9334756",
    "311, 330, 0.025, 0.9115",
    "311, 325, 0.025, 0.9288"
  })
  void agreesWithExactTails(int successes, int trials, double level, double expected) {
    double digits = level == 0.05 ? 5e-8 : 5e-5;

    assertThat(BinomialLimit.lower(successes, trials, level)).isCloseTo(expected, within(digits));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.05", "7, 0.1", "59, 0.05", "5000, 0.01"})
  void withoutFailureItIsARoot(int trials, double level) {
    assertThat(BinomialLimit.lower(trials, trials, level))
        .isCloseTo(Math.pow(level, 1.0 / trials), within(1e-12));
  }

  @Test
  void isZeroWithoutSuccess() {
    assertThat(BinomialLimit.lower(0, 100, 0.05)).isZero();
    assertThat(BinomialLimit.lower(0, 0, 0.05)).isZero();
  }

  @Test
  void aFewPositivesDoNotCertifyPerfection() {
    assertThat(BinomialLimit.reaches(7, 7, 0.05, 1)).isFalse();
    assertThat(BinomialLimit.lower(7, 7, 0.05)).isLessThan(0.66);
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.05", "0.5, 0.3", "0.99, 0.01"})
  void theLeastNumberOfSuccessesIsTheFirstThatReachesTheShare(double share, double level) {
    int trials = 500;
    int least = BinomialLimit.leastSuccesses(trials, level, share).orElseThrow();

    assertThat(BinomialLimit.lower(least, trials, level)).isGreaterThanOrEqualTo(share);
    assertThat(BinomialLimit.lower(least - 1, trials, level)).isLessThan(share);
  }

  @Test
  void tooFewTrialsReachNothing() {
    // 0.05 ^ (1 / 28) < 0.9 < 0.05 ^ (1 / 29)
    assertThat(BinomialLimit.leastSuccesses(28, 0.05, 0.9)).isEmpty();
    assertThat(BinomialLimit.leastSuccesses(29, 0.05, 0.9)).hasValue(29);
  }

  @ParameterizedTest
  @CsvSource({"0.90, 0.95, 179", "0.90, 0.98, 61", "0.95, 0.98, 234"})
  void knowsHowManyTrialsSuffice(double share, double truth, int expected) {
    assertThat(BinomialLimit.trialsFor(share, truth, 0.05)).hasValue(expected);
  }

  @Test
  void noNumberOfTrialsSufficesWithoutAMargin() {
    assertThat(BinomialLimit.trialsFor(0.9, 0.9, 0.05)).isEmpty();
    assertThat(BinomialLimit.trialsFor(0.9, 0.85, 0.05)).isEmpty();
  }
}
