package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.cascade.QualityAudit.Finding;
import org.seeql.planner.cascade.QualityAudit.Outcome;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;

class QualityAuditTest {
  /** The limits are scipy.stats.beta.ppf(0.05, 85, 6) and scipy.stats.beta.ppf(0.95, 86, 5). */
  @Test
  void hasTheLimitsOfClopperAndPearson() {
    Finding recall =
        new QualityAudit(85, 7, 5, 103)
            .findings(Bounds.NONE.with(Bound.MIN_RECALL, 0.9), 0.95)
            .get(0);

    assertThat(recall.successes()).isEqualTo(85);
    assertThat(recall.trials()).isEqualTo(90);
    assertThat(recall.measured()).isCloseTo(85 / 90.0, within(1e-12));
    assertThat(recall.lower()).isCloseTo(0.8867375107667943, within(1e-9));
    assertThat(recall.upper()).isCloseTo(0.9778569330636958, within(1e-9));
    assertThat(recall.outcome()).isEqualTo(Outcome.UNDECIDED);
  }

  @ParameterizedTest
  @CsvSource({"0.85, HOLDS", "0.88, HOLDS", "0.9, UNDECIDED", "0.97, UNDECIDED", "0.99, VIOLATED"})
  void aBoundIsDecidedByTheLimits(double bound, Outcome outcome) {
    assertThat(
            new QualityAudit(85, 7, 5, 103)
                .findings(Bounds.NONE.with(Bound.MIN_RECALL, bound), 0.95)
                .get(0)
                .outcome())
        .isEqualTo(outcome);
  }

  @Test
  void withoutBoundsAllMeasuresAreReported() {
    List<Finding> findings = new QualityAudit(8, 2, 4, 6).findings(Bounds.NONE, 0.95);

    assertThat(findings)
        .extracting(finding -> finding.bound().measureWord())
        .containsExactly("accuracy", "precision", "recall", "f1");
    assertThat(findings)
        .extracting(Finding::measured)
        .containsExactly(0.7, 0.8, 8 / 12.0, 16 / 22.0);
    assertThat(findings).extracting(Finding::outcome).containsOnly(Outcome.UNBOUNDED);
  }

  @Test
  void imagesWithoutTheClassDecideNothing() {
    Finding recall =
        new QualityAudit(0, 0, 0, 200)
            .findings(Bounds.NONE.with(Bound.MIN_RECALL, 0.5), 0.95)
            .get(0);

    assertThat(recall.lower()).isZero();
    assertThat(recall.upper()).isEqualTo(1);
    assertThat(recall.outcome()).isEqualTo(Outcome.UNDECIDED);
  }
}
