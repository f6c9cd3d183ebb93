package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassMatchingTest {
  @Test
  void matchesIdenticalNames() {
    ClassMatching matching = ClassMatching.of(List.of("cat", "dog", "cow"), List.of("dog", "cat"));

    assertThat(matching.labels()).containsExactly(of("cat"), of("dog"), Optional.empty());
    assertThat(matching.numbers(List.of("dog", "cat", "cup"))).containsExactly(1, 0, -1);
    assertThat(matching.known()).containsExactly(0, 1);
    assertThat(matching.missing()).containsExactly("cow");
    assertThat(matching.unknown()).isEmpty();
  }

  @Test
  void ignoresCaseAndSeparatorsIfTheMatchIsUnambiguous() {
    ClassMatching matching =
        ClassMatching.of(
            List.of("traffic light", "Stop-Sign"), List.of("Traffic_Light", "stop sign", "tie"));

    assertThat(matching.labels()).containsExactly(of("Traffic_Light"), of("stop sign"));
    assertThat(matching.unknown()).containsExactly("tie");
  }

  @Test
  void ignoresAmbiguousNames() {
    assertThat(ClassMatching.of(List.of("tv"), List.of("TV", "t v")).labels())
        .containsExactly(Optional.empty());
    assertThat(ClassMatching.of(List.of("hot dog", "hot_dog"), List.of("hotdog")).labels())
        .containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void prefersTheSameNameOverASimilarOne() {
    ClassMatching matching = ClassMatching.of(List.of("Cat", "cat"), List.of("cat"));

    assertThat(matching.labels()).containsExactly(Optional.empty(), of("cat"));
  }

  @Test
  void treatsADuplicateLabelAsOneClass() {
    List<String> labels = List.of("cat", "dog", "cat");
    ClassMatching matching = ClassMatching.of(List.of("cat", "cat"), labels);

    assertThat(matching.classes()).containsExactly("cat");
    assertThat(matching.numbers(labels)).containsExactly(0, -1, 0);
  }

  private static Optional<String> of(String label) {
    return Optional.of(label);
  }
}
