package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;

class RungTallyTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theExpectedAnswersAreThoseOfTheCertificationHalf(long seed) {
    CascadeProblem problem =
        ScoredWorlds.problem(
            seed, "a", List.of("a"), 3, 1_001, Bounds.NONE.with(Bound.MIN_ACCURACY, 0.8));

    CascadePlan plan = (CascadePlan) CascadeChooser.choose(problem);

    List<Rung> ladder = plan.ladders().get("a");
    long[] yes = new long[ladder.size()];
    long[] no = new long[ladder.size()];
    long[] unsure = new long[ladder.size()];
    long[][] bins = new long[ladder.size()][20];
    for (int row = 1; row < 1_001; row += 2) {
      for (int i = 0; i < ladder.size(); i++) {
        double score = problem.sample().scores().get(ladder.get(i).model()).get("a")[row];
        bins[i][Math.min(19, (int) (score / 0.05))]++;
        if (score >= ladder.get(i).yesFrom()) {
          yes[i]++;
          break;
        }
        if (score < ladder.get(i).noBelow()) {
          no[i]++;
          break;
        }
        unsure[i]++;
      }
    }
    assertThat(plan.rungs()).hasSameSizeAs(ladder);
    for (int i = 0; i < ladder.size(); i++) {
      RungCounts rung = plan.rungs().get(i);
      assertThat(List.of(rung.yes(), rung.no(), rung.unsure()))
          .isEqualTo(List.of(yes[i], no[i], unsure[i]));
      assertThat(rung.scores()).containsExactlyElementsOf(Arrays.stream(bins[i]).boxed().toList());
    }
    assertThat(plan.rungs().get(0).images()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a AND NOT b", "(a AND b) OR (NOT a AND c)"})
  void everyImageThatReachesANodeIsCounted(String predicate) {
    CascadeProblem problem =
        ScoredWorlds.problem(
            7, predicate, List.of("a", "b", "c"), 3, 600, Bounds.NONE.with(Bound.MIN_F1, 0.5));

    CascadePlan plan = (CascadePlan) CascadeChooser.choose(problem);

    // each class is read once at each node that reads it
    double reads = plan.nodes().stream().mapToDouble(n -> n.reads().size() * n.reach()).sum() * 300;
    long counted = plan.rungs().stream().mapToLong(RungCounts::images).sum();
    assertThat((double) counted).isGreaterThanOrEqualTo(reads - 1e-6);
    assertThat(plan.rungs()).allSatisfy(r -> assertThat(sum(r)).isEqualTo(r.images()));
  }

  private static long sum(RungCounts rung) {
    return rung.scores().stream().mapToLong(Long::longValue).sum();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.0499, 0", "0.05, 1", "0.949999988, 19", "0.94, 18", "1, 19"})
  void aScoreIsInTheBinThatAReaderExpects(double score, int bin) {
    assertThat(RungCounts.bin(score)).isEqualTo(bin);
  }

  @Test
  void countsOfTwoPartitionsAreAdded() {
    List<Long> bins = Collections.nCopies(RungCounts.BINS, 1L);

    RungCounts sum = new RungCounts(12, 5, 3, bins).plus(new RungCounts(0, 20, 0, bins));

    assertThat(sum).isEqualTo(new RungCounts(12, 25, 3, Collections.nCopies(RungCounts.BINS, 2L)));
    assertThat(sum.settled()).isEqualTo(37 / 40.0);
  }
}
