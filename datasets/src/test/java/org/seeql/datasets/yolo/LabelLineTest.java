package org.seeql.datasets.yolo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.datasets.yolo.LabelLine.Fault;

class LabelLineTest {
  private static final Set<Integer> CLASSES = Set.of(0, 1, 2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 0.5 .25 1e-1 0.2",
        "1\t0.5\t0.25\t0.1\t0.2",
        "  1   0.5 0.25 0.1 0.2 \t",
        "1.0 5e-1 +0.25 0.10 0.200000"
      })
  void readsABox(String text) {
    LabelLine line = parse(text);

    assertThat(line.fault()).isEmpty();
    assertThat(line.classNumber()).isEqualTo(1);
    assertThat(line.isPolygon()).isFalse();
    assertThat(line.coordinates()).containsExactly(0.5, 0.25, 0.1, 0.2);
    assertThat(line.keypoints()).isEmpty();
  }

  @Test
  void readsAPolygon() {
    LabelLine line = parse("2 0 0 1 0 1.005 1 -0.005 1");

    assertThat(line.fault()).isEmpty();
    assertThat(line.isPolygon()).isTrue();
    assertThat(line.coordinates()).containsExactly(0, 0, 1, 0, 1.005, 1, -0.005, 1);
  }

  @Test
  void readsKeypointsWithAndWithoutVisibility() {
    LabelLine three =
        LabelLine.parse(
            "0 0.5 0.5 1 1 0.1 0.2 2 0 0 0", CLASSES, Optional.of(new KeypointShape(2, 3)));
    LabelLine two =
        LabelLine.parse(
            "0 0.5 0.5 1 1 0.1 0.2 0 0 0.3 -0.001", CLASSES, Optional.of(new KeypointShape(3, 2)));

    assertThat(three.fault()).isEmpty();
    assertThat(three.isPolygon()).isFalse();
    assertThat(three.coordinates()).containsExactly(0.5, 0.5, 1, 1);
    assertThat(three.keypoints()).containsExactly(0.1, 0.2, 2, 0, 0, 0);
    assertThat(two.keypoints()).containsExactly(0.1, 0.2, 2, 0, 0, 0, 0.3, -0.001, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 0.5 0.5 1 1 | UNKNOWN_CATEGORY | there is no class 3 in names",
        "9999999999 0.5 0.5 1 1 | UNKNOWN_CATEGORY | there is no class 9999999999 in names",
        "-1 0.5 0.5 1 1 | WRONG_TYPE | its class is not an integer from 0: -1",
        "0.5 0.5 0.5 1 1 | WRONG_TYPE | its class is not an integer from 0: 0.5",
        "dog 0.5 0.5 1 1 | WRONG_TYPE | value 1 is not a number: \"dog\"",
        "0 0,5 0.5 1 1 | WRONG_TYPE | value 2 is not a number: \"0,5\"",
        "0 0x1p-1 0.5 1 1 | WRONG_TYPE | value 2 is not a number: \"0x1p-1\"",
        "0 0.5d 0.5 1 1 | WRONG_TYPE | value 2 is not a number: \"0.5d\"",
        "0 - 0.5 1 1 | WRONG_TYPE | value 2 is not a number: \"-\"",
        "0 0.5 nan 1 1 | NOT_A_NUMBER | value 3 is not a finite number: \"nan\"",
        "0 0.5 -inf 1 1 | NOT_A_NUMBER | value 3 is not a finite number: \"-inf\"",
        "0 0.5 1e999 1 1 | NOT_A_NUMBER | value 3 is not a finite number: \"1e999\"",
        "0 0.5 0.5 1 | WRONG_TYPE | it has 4 values, not 5 (class and box) or an odd number from 7 (class and polygon)",
        "0 | WRONG_TYPE | it has 1 value, not 5 (class and box) or an odd number from 7 (class and polygon)",
        "0 0.5 0.5 1 1 0.9 | WRONG_TYPE | it has 6 values, not 5 (class and box) or an odd number from 7 (class and polygon)",
        "0 0 0 1 0 1 1 0 | WRONG_TYPE | it has 8 values, not 5 (class and box) or an odd number from 7 (class and polygon)",
        "0 0.5 0.5 1.02 1 | BAD_VALUE | value 4 is not within 0 to 1: 1.02",
        "0 -0.02 0.5 1 1 | BAD_VALUE | value 2 is not within 0 to 1: -0.02",
        "0 320 240 100 50 | BAD_VALUE | value 2 is not within 0 to 1: 320"
      })
  void reportsTheFirstInvalidValue(String text, String kind, String reason) {
    assertThat(parse(text).fault().map(fault -> fault.kind().name())).contains(kind);
    assertThat(parse(text).fault().map(Fault::reason)).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0.5 0.5 1 1 | it has 5 values, not 11 (class, box and 2 keypoints of 3 values)",
        "0 0.5 0.5 1 1 0 0 0 0 0 3 | value 11 is a visibility and not 0, 1 or 2: 3",
        "0 0.5 0.5 1 1 0 0 0 0 1.1 2 | value 10 is not within 0 to 1: 1.1"
      })
  void reportsInvalidKeypoints(String text, String reason) {
    LabelLine line = LabelLine.parse(text, CLASSES, Optional.of(new KeypointShape(2, 3)));

    assertThat(line.fault().map(Fault::reason)).contains(reason);
  }

  @Test
  void refusesALineWithTooManyValues() {
    assertThat(parse("0" + " 0.1".repeat(100_000)).fault()).isEmpty();
    assertThat(parse("0" + " 0.1".repeat(100_002)).fault().map(Fault::reason))
        .contains("it has 100003 values (at most 100001)");
  }

  @Test
  void shortensALongValue() {
    assertThat(parse("x".repeat(100_000)).fault().map(Fault::reason))
        .contains("value 1 is not a number: \"" + "x".repeat(60) + "…\"");
  }

  private static LabelLine parse(String text) {
    return LabelLine.parse(text, CLASSES, Optional.empty());
  }
}
