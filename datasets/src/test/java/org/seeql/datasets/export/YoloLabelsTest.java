package org.seeql.datasets.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.datasets.export.YoloLabels.Size;

class YoloLabelsTest {
  private static final Size IMAGE = new Size(8, 4);

  @Test
  void aBoxHasItsCentreAndItsSize() {
    assertThat(YoloLabels.box(2, 1, 4, 2, IMAGE)).isEqualTo("0.5 0.5 0.5 0.5");
    assertThat(YoloLabels.box(0, 0, 8, 4, IMAGE)).isEqualTo("0.5 0.5 1 1");
    assertThat(YoloLabels.box(0, 0, 1, 1, new Size(3, 3_000_000)))
        .isEqualTo("0.166666666667 0.000000166667 0.333333333333 0.000000333333");
  }

  @Test
  void aBoxCanBeAPolygon() {
    assertThat(YoloLabels.corners(2, 1, 4, 2, IMAGE))
        .isEqualTo("0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75");
  }

  @Test
  void aPolygonKeepsItsPoints() {
    assertThat(YoloLabels.polygon("[[2, 1, 6, 1, 2, 3]]", IMAGE))
        .contains("0.25 0.25 0.75 0.25 0.25 0.75");
  }

  @Test
  void connectsPartsWithoutAddingArea() {
    // two squares of 4 pixels, one pixel apart
    String text =
        YoloLabels.polygon("[[0,0,2,0,2,2,0,2],[3,0,5,0,5,2,3,2]]", new Size(1, 1)).orElseThrow();
    double[] points = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();

    assertThat(points).containsExactly(0, 0, 2, 0, 3, 0, 5, 0, 5, 2, 3, 2, 3, 0, 2, 0, 2, 2, 0, 2);
    assertThat(areaOf(points)).isEqualTo(8);
  }

  /** The sum of the signed trapezoids below the edges. */
  private static double areaOf(double[] points) {
    double area = 0;
    for (int i = 0; i < points.length; i += 2) {
      int next = (i + 2) % points.length;
      area += (points[next] - points[i]) * (points[next + 1] + points[i + 1]) / 2;
    }
    return Math.abs(area);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "[]",
        "[[]]",
        "[[1, 2, 3, 4]]",
        "{\"counts\": [1], \"size\": [4, 8]}",
        "7",
        "no JSON"
      })
  void findsNoPolygonInOtherSegmentations(String segmentation) {
    assertThat(YoloLabels.polygon(segmentation, IMAGE)).isEmpty();
  }

  @Test
  void addsMissingKeypointsAsNotLabelled() {
    assertThat(YoloLabels.keypoints("{\"keypoints\": [4, 1, 2]}", 2, IMAGE))
        .isEqualTo("0.5 0.25 2 0 0 0");
    assertThat(YoloLabels.keypoints(null, 1, IMAGE)).isEqualTo("0 0 0");
    assertThat(YoloLabels.keypoints("{}", 1, IMAGE)).isEqualTo("0 0 0");
  }
}
