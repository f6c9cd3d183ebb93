package org.seeql.planner.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
  @Test
  void namesTheNearestFirst() {
    assertThat(NearestNames.unknown("model", "Yolo5s", List.of("resnet", "yolov5m", "yolov5s")))
        .isEqualTo("Unknown model 'Yolo5s'; known: yolov5s, yolov5m, resnet");
  }

  @Test
  void namesTenAndCountsAll() {
    List<String> known = IntStream.rangeClosed(1, 12).mapToObj(i -> "a".repeat(i)).toList();

    assertThat(NearestNames.unknown("class", "a", known))
        .isEqualTo(
            "Unknown class 'a'; known: a, aa, aaa, aaaa, aaaaa, aaaaaa, aaaaaaa, aaaaaaaa,"
                + " aaaaaaaaa, aaaaaaaaaa, … (12 in all)");
  }

  @Test
  void saysThatNothingIsKnown() {
    assertThat(NearestNames.unknown("model", "a", List.of()))
        .isEqualTo("Unknown model 'a'; none is known");
  }
}
