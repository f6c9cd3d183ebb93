package org.seeql.job.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seeql.job.inference.PlanCounts;
import org.seeql.job.inference.PlanCounts.ModelCounts;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Optimality;

class FindReportTest {
  private static final DecisionPlan PLAN = Plans.twoModels(new Optimality.Exact());

  /** 2,000 images; scout saw all in 100 s, ranger 1,000 in 50 s. */
  private static final PlanCounts COUNTS =
      new PlanCounts(
          2_000,
          300,
          List.of(2_000L, 1_000L),
          List.of(
              new ModelCounts(2_000, 250, Duration.ofSeconds(100), Duration.ofMillis(1_500)),
              new ModelCounts(1_000, 125, Duration.ofSeconds(50), Duration.ofMillis(500))));

  private static FindReport report(PlanCounts counts) {
    return new FindReport(
        PLAN, List.of("scout", "ranger"), "pets", Optional.empty(), Optional.empty(), counts);
  }

  @Test
  void sharesAndCostsAreThoseOfAnImage() {
    FindReport report = report(COUNTS);

    assertThat(report.reached(0)).isEqualTo(1);
    assertThat(report.reached(1)).isEqualTo(0.5);
    assertThat(report.found()).isEqualTo(0.15);
    assertThat(report.costMillis()).isEqualTo(75);
    assertThat(report.loadSeconds()).isEqualTo(2);
  }

  @Test
  void theTreeHasEstimateAndResultNextToEachOther() {
    assertThat(report(COUNTS).tree())
        .isEqualTo(
            """
            [0] scout for person                 100.00 % of images      50.00 ms  | actual 100.00 % (2,000)      50.00 ms
            ├─ no person → not found
            └─ person → [1] ranger for cat, dog   53.20 % of images      53.20 ms  | actual  50.00 % (1,000)      25.00 ms
               ├─ no cat, no dog → not found
               ├─ no cat, dog → found
               └─ cat → found
            """);
  }

  @Test
  void theTotalsNameTheDataSetOfTheProfiles() {
    assertThat(report(COUNTS).totals())
        .containsExactly(
            "cost      103.20 ms per image expected, 75.00 ms actual (models only; loading took 2.0 s)",
            "found     30.00 % of images expected, 15.00 % actual (300 of 2,000)",
            "profiles  on pets");
  }

  @Test
  void aRunWithoutImagesHasNoSharesAndNoCost() {
    FindReport report = report(PlanCounts.NONE);

    assertThat(report.reached(1)).isZero();
    assertThat(report.found()).isZero();
    assertThat(report.costMillis()).isZero();
    assertThat(report.totals()).containsExactly("no image was processed by the plan");
    assertThat(report.tree()).doesNotContain("actual");
  }

  @Test
  void aModelThatSawNoImageCostsNothing() {
    PlanCounts counts =
        new PlanCounts(
            10,
            0,
            List.of(10L, 0L),
            List.of(
                new ModelCounts(10, 2, Duration.ofMillis(500), Duration.ZERO),
                new ModelCounts(0, 0, Duration.ZERO, Duration.ZERO)));

    assertThat(report(counts).tree()).contains("| actual   0.00 % (0)       0.00 ms");
    assertThat(report(counts).costMillis()).isEqualTo(50);
  }

  @Test
  void aPlanWithoutModelsNeedsNoProfiles() {
    FindReport report =
        new FindReport(
            Plans.constant(true),
            List.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            new PlanCounts(7, 7, List.of(), List.of()));

    assertThat(report.tree()).isEqualTo("found\n");
    assertThat(report.totals())
        .containsExactly(
            "cost      0.00 ms per image expected, 0.00 ms actual (models only; loading took 0.0 s)",
            "found     100.00 % of images expected, 100.00 % actual (7 of 7)");
  }

  @Test
  void theDocumentHasTheActualNumbers() {
    assertThat(report(COUNTS).document().get("actual"))
        .isEqualTo(
            Map.of(
                "images",
                2_000L,
                "found",
                300L,
                "cost_ms",
                75.0,
                "load_seconds",
                2.0,
                "reached",
                List.of(2_000L, 1_000L),
                "models",
                Map.of(
                    "scout",
                    Map.of("images", 2_000L, "busy_ms", 100_000.0),
                    "ranger",
                    Map.of("images", 1_000L, "busy_ms", 50_000.0))));
  }
}
