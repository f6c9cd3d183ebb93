package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.detect.GeometryKind;

class OutlineTest {
  /** An ellipse and a rectangle in 40 x 60 pixels, encoded by pycocotools 2.0.11. */
  private static final String COUNTS =
      "e24T1000j73RH2N2N2N2O0O2O0O2O000O2O00000000000000000000000000000001N10001N101N101N2N2N2NR<";

  /** From pycocotools' mask, by numpy. */
  private static final List<Integer> FIRST_RUNS = List.of(85, 4, 36, 4, 36, 4, 286, 7, 32, 9, 30);

  private static final int PIXELS = 691;

  @Test
  void decodesTheRunsOfPycocotools() {
    List<Integer> runs = MaskRuns.decode(COUNTS);

    assertThat(runs).hasSize(85).startsWith(FIRST_RUNS.toArray(Integer[]::new)).endsWith(7, 418);
    assertThat(runs.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40 * 60);
  }

  @Test
  void drawsEveryPixelOfASmallMask() {
    Outline outline =
        Outline.of(GeometryKind.MASK, "{\"size\":[40,60],\"counts\":\"" + COUNTS + "\"}")
            .orElseThrow();

    assertThat(area(outline.path())).isEqualTo(PIXELS);
    assertThat(outline.path()).startsWith("M2 5h1v4h-1z");
  }

  /** The area of the rectangles of a path. */
  private static long area(String path) {
    Matcher parts = Pattern.compile("M\\d+ \\d+h(\\d+)v(\\d+)h-\\1z").matcher(path);
    long area = 0;
    int end = 0;
    while (parts.find()) {
      assertThat(parts.start()).isEqualTo(end);
      area += Long.parseLong(parts.group(1)) * Long.parseLong(parts.group(2));
      end = parts.end();
    }
    assertThat(end).isEqualTo(path.length());
    return area;
  }

  @Test
  void drawsALargeMaskInFewColumns() {
    // 1,000 x 1,000 pixels, all of the object: one run of none, one of all
    Outline outline =
        Outline.of(GeometryKind.MASK, "{\"size\":[1000,1000],\"counts\":\"0Pb`n0\"}").orElseThrow();

    assertThat(MaskRuns.decode("0Pb`n0")).containsExactly(0, 1_000_000);
    assertThat(outline.path().split("M")).hasSizeBetween(100, 161);
    assertThat(area(outline.path())).isBetween(980_000L, 1_010_000L);
  }

  @Test
  void drawsCornersAndKeyPoints() {
    assertThat(
            Outline.of(GeometryKind.CORNERS, "[[1,2.25],[30,4],[29,40],[0,38]]")
                .orElseThrow()
                .path())
        .isEqualTo("M1.0 2.3 L30.0 4.0 L29.0 40.0 L0.0 38.0 Z");
    assertThat(
            Outline.of(GeometryKind.KEYPOINTS, "[[1,2,0.9],[3,4,0.1],[null,4,0.9],[5,6]]")
                .orElseThrow()
                .points())
        .containsExactly(new Outline.Point("1.0", "2.0"), new Outline.Point("5.0", "6.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"size\":[0,0],\"counts\":\"\"}", "{\"counts\":\"o\"}", "7"})
  void drawsNothingOfAnotherFormat(String json) {
    assertThat(Outline.of(GeometryKind.MASK, json)).isEmpty();
  }

  @Test
  void refusesNegativeRuns() {
    assertThatThrownBy(() -> MaskRuns.decode("O"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a negative run length");
  }
}
