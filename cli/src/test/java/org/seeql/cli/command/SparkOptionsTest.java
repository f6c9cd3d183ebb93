package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SparkOptionsTest {
  private static final String OURS = "org.seeql.job.metrics.SeeqlPlugin";

  @Test
  void addsTheMetricsToTheRequestedPlugins() {
    Map<String, String> none = new HashMap<>();
    Map<String, String> another = new HashMap<>(Map.of("spark.plugins", "org.example.Another"));

    SparkOptions.addMetrics(none, 9464);
    SparkOptions.addMetrics(another, 9465);

    assertThat(none)
        .containsOnly(
            Map.entry("spark.plugins", OURS), Map.entry("spark.seeql.metrics.port", "9464"));
    assertThat(another)
        .containsOnly(
            Map.entry("spark.plugins", "org.example.Another," + OURS),
            Map.entry("spark.seeql.metrics.port", "9465"));
  }

  @Test
  void refusesAnInvalidPort() {
    assertThatThrownBy(() -> SparkOptions.addMetrics(new HashMap<>(), 99_999))
        .isInstanceOf(CommandRefusal.class)
        .hasMessage("Invalid --metrics-port: 99999 (1 to 65535, or 0 for no metrics)");
  }
}
