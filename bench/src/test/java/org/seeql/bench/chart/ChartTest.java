package org.seeql.bench.chart;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
  // boxes, bars, and the squares of the legend
  private static final Pattern BOX =
      Pattern.compile("<rect x='[\\d.]+' y='([\\d.]+)' width='[\\d.]+' height='([\\d.]+)'");

  @Test
  void writesTheNumberOfInstancesWithoutAPlanNextToTheBox() {
    Chart chart = chart(1, NEGATIVE_INFINITY);

    chart.box(0, "greedy", NEGATIVE_INFINITY, 0.9, NEGATIVE_INFINITY, 1, 0.95, 0.97);
    chart.box(0, "best", 0.96, 0.98, 1);

    assertThat(texts(chart)).contains("2", "no plan").doesNotContain("0", "×");
  }

  @Test
  void writesNoRowIfAllInstancesHaveAPlan() {
    Chart chart = chart(1, NEGATIVE_INFINITY);

    chart.box(0, "best", 0.96, 0.98, 1);

    assertThat(texts(chart)).doesNotContain("no plan");
  }

  /** The better strategy finds worse plans for the instances that the other one cannot solve. */
  @Test
  void aStrategyThatFindsFewerPlansIsNotDrawnAsTheBetterOne() {
    Chart chart = chart(1, NEGATIVE_INFINITY);
    chart.box(0, "greedy", NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY, 0.99, 1);
    chart.box(0, "best", 0.9, 0.92, 0.94, 0.99, 1);

    List<Double> boxes = lowerEdges(chart);

    assertThat(boxes).hasSize(2);
    assertThat(boxes.get(0)).isGreaterThan(boxes.get(1));
  }

  @Test
  void drawsACrossForABarWithoutAPlan() {
    Chart chart = chart(1, NEGATIVE_INFINITY);

    chart.bar(0, "greedy", NEGATIVE_INFINITY);
    chart.bar(0, "best", 0.9);

    assertThat(texts(chart)).containsOnlyOnce("×").contains("no plan");
    assertThat(lowerEdges(chart)).hasSize(1);
  }

  @Test
  void theScaleContainsAllValues() {
    Chart chart = chart(0, POSITIVE_INFINITY);

    chart.box(0, "best", 3, 250, 1234);

    assertThat(texts(chart)).contains("0", "1400");
  }

  @ParameterizedTest
  @CsvSource({"0.25, 2", "0.5, 3", "0.75, 4", "0.1, 1.4", "1, 5"})
  void interpolatesQuantiles(double share, double quantile) {
    assertThat(Chart.quantile(new double[] {1, 2, 3, 4, 5}, share)).isEqualTo(quantile);
  }

  private static Chart chart(double best, double worst) {
    return new Chart(
        "A title", "unit", List.of("one"), List.of("greedy", "best"), best, best, worst);
  }

  private static List<String> texts(Chart chart) {
    return Pattern.compile(">([^<]+)</text>")
        .matcher(chart.svg())
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static List<Double> lowerEdges(Chart chart) {
    return BOX.matcher(chart.svg())
        .results()
        .map(m -> Double.parseDouble(m.group(1)) + Double.parseDouble(m.group(2)))
        .filter(edge -> edge > 40)
        .toList();
  }
}
