package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.cli.report.GalleryChoice.Candidate;

class GalleryChoiceTest {

  @Test
  void alternatesBetweenClasses() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.addAll(candidates("person", 19, 90, 50));
    candidates.addAll(candidates("dog", 19, 3, 3));
    candidates.addAll(candidates("boat", 10, 1, 1));

    assertThat(GalleryChoice.choose(candidates, 6))
        .containsExactly(
            "person-19-0", "dog-19-0", "boat-10-0", "person-19-1", "dog-19-1", "person-19-2");
  }

  @Test
  void choosesConfidencesByTheirFrequency() {
    List<Candidate> candidates = new ArrayList<>();
    candidates.addAll(candidates("dog", 19, 50, 20));
    candidates.addAll(candidates("dog", 12, 25, 20));
    candidates.addAll(candidates("dog", 5, 25, 20));

    List<String> chosen = GalleryChoice.choose(candidates, 16);

    assertThat(chosen.get(0)).isEqualTo("dog-19-0");
    assertThat(chosen).filteredOn(image -> image.startsWith("dog-19")).hasSize(8);
    assertThat(chosen).filteredOn(image -> image.startsWith("dog-12")).hasSize(4);
    assertThat(chosen).filteredOn(image -> image.startsWith("dog-5-")).hasSize(4);
  }

  @Test
  void choosesAnImageWithTwoClassesOnce() {
    List<Candidate> candidates =
        List.of(
            new Candidate("a", "dog", 19, 1),
            new Candidate("a", "cat", 19, 1),
            new Candidate("b", "cat", 3, 1));

    assertThat(GalleryChoice.choose(candidates, 10)).containsExactly("a", "b");
  }

  @Test
  void choosesAllIfThereAreFew() {
    assertThat(GalleryChoice.choose(candidates("dog", 0, 7, 7), 48)).hasSize(7);
    assertThat(GalleryChoice.choose(List.of(), 48)).isEmpty();
  }

  private static List<Candidate> candidates(String label, int bin, long weight, int count) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      candidates.add(new Candidate(label + "-" + bin + "-" + i, label, bin, weight));
    }
    return candidates;
  }
}
