package org.seeql.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ModelVariationTest {
  private static final List<String> LABELS = List.of("person", "dog", "cat", "car");
  private static final Detection DOG = new Detection(1, "dog", 0.9f, 1, 2, 3, 4);

  @Test
  void keepsEverythingWhenItChangesNothing() {
    assertThat(ModelVariation.NONE.vary(List.of(DOG), 7, LABELS)).containsExactly(DOG);
  }

  @Test
  void leavesOutClassesThatAreNotCovered() {
    assertThat(variation(1, Set.of(0, 2)).vary(List.of(DOG), 7, LABELS)).isEmpty();
  }

  @Test
  void isWrongAsOftenAsRequested() {
    ModelVariation threeQuarters = variation(0.75, Set.of());

    double right =
        LongStream.range(0, 20_000)
            .filter(row -> threeQuarters.vary(List.of(DOG), row, LABELS).contains(DOG))
            .count();

    // three standard deviations of a binomial of 20,000 are 0.0092
    assertThat(right / 20_000).isCloseTo(0.75, within(0.0092));
  }

  @Test
  void spreadsItsMistakesOverTheOtherCoveredClasses() {
    ModelVariation wrong = variation(0, Set.of(0, 1, 3));

    assertThat(LongStream.range(0, 200).mapToObj(r -> wrong.vary(List.of(DOG), r, LABELS).get(0)))
        .extracting(Detection::label)
        .containsOnly("person", "car")
        .contains("person", "car");
  }

  @Test
  void isWrongAboutTheSameImagesEveryTime() {
    ModelVariation half = variation(0.5, Set.of());

    assertThat(half.vary(List.of(DOG, DOG, DOG), 3, LABELS))
        .isEqualTo(half.vary(List.of(DOG, DOG, DOG), 3, LABELS));
  }

  /** Two covered classes: a wrong tag is always the other one. */
  @Test
  void keepsOneOfTwoTagsThatBecomeTheSameClass() {
    List<ClassScore> tags =
        List.of(
            new ClassScore(1, "dog", 0.9f),
            new ClassScore(2, "cat", 0.6f),
            new ClassScore(0, "person", 0.5f));

    assertThat(ModelVariation.NONE.varyTags(tags, 3, LABELS)).isEqualTo(tags);
    assertThat(variation(1, Set.of(0, 1)).varyTags(tags, 3, LABELS))
        .containsExactly(tags.get(0), tags.get(2));
    assertThat(variation(0, Set.of(0, 1)).varyTags(tags, 3, LABELS))
        .containsExactly(new ClassScore(0, "person", 0.9f), new ClassScore(1, "dog", 0.5f));
    assertThat(
            LongStream.range(0, 100)
                .mapToObj(row -> variation(0.5, Set.of(0, 1)).varyTags(tags, row, LABELS))
                .map(List::size))
        .containsOnly(1, 2)
        .contains(1, 2);
  }

  @Test
  void namesAWrongClassFirst() {
    List<ClassScore> scores =
        List.of(new ClassScore(1, "dog", 0.8f), new ClassScore(0, "person", 0.2f));

    List<ClassScore> varied = variation(0, Set.of(0, 1)).varyScores(scores, 3, LABELS);

    assertThat(varied).containsExactly(new ClassScore(0, "person", 0.8f));
  }

  private static ModelVariation variation(double accuracy, Set<Integer> coverage) {
    return new ModelVariation(Duration.ZERO, accuracy, coverage, 1);
  }
}
