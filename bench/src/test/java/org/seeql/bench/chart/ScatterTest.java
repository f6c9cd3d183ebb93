package org.seeql.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScatterTest {
  private static final Pattern POINT = Pattern.compile("<circle cx='([\\d.]+)' cy='([\\d.]+)'");

  private static List<MatchResult> points(String svg) {
    return POINT.matcher(svg).results().toList();
  }

  @Test
  void aCorrectPredictionIsOnTheDiagonal() {
    Scatter chart = new Scatter("t", "predicted", "actual", List.of("a", "b"));
    chart.point("a", 0.5, 0.5, "right");
    chart.point("b", 0.2, 0.8, "wrong");

    List<MatchResult> points = points(chart.svgWithDiagonal());

    // the square begins at (64, 56) and has a side of 420
    double[] sums = new double[2];
    for (int i = 0; i < 2; i++) {
      double x = Double.parseDouble(points.get(i).group(1)) - 64;
      double y = Double.parseDouble(points.get(i).group(2)) - 56;
      sums[i] = x + y;
    }
    assertThat(sums[0]).isEqualTo(420);
    assertThat(sums[1]).isLessThan(400);
  }

  @Test
  void labelsAreText() {
    Scatter chart = new Scatter("a < b & c", "x", "y", List.of("s"));
    chart.point("s", 1, 2, "<script>");

    assertThat(chart.svg()).contains("a &lt; b &amp; c").doesNotContain("<script>");
  }
}
