package org.seeql.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;

class MetricsSettingsTest {
  private static SparkConf conf(String key, String value) {
    return new SparkConf(false).set("spark.seeql.metrics." + key, value);
  }

  @Test
  void listensOnOneKnownPortAndDoesNotLingerByDefault() {
    MetricsSettings settings = MetricsSettings.of(new SparkConf(false));

    assertThat(settings).isEqualTo(new MetricsSettings(9464, Duration.ZERO));
  }

  @Test
  void readsTimesAsSparkDoes() {
    assertThat(MetricsSettings.of(conf("linger", "2min")).linger())
        .isEqualTo(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @CsvSource({"-1", "65536", "http", "''"})
  void refusesWhatIsNoPort(String port) {
    assertThatThrownBy(() -> MetricsSettings.of(conf("port", port)))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Invalid spark.seeql.metrics.port: '" + port + "' (0 to 65535; 0 for no metrics)");
  }

  @Test
  void refusesWhatIsNoTime() {
    assertThatThrownBy(() -> MetricsSettings.of(conf("linger", "soon")))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Invalid spark.seeql.metrics.linger: 'soon' (a time such as 30s; 0s for none)");
  }

  @Test
  void refusesAKeyThatItDoesNotKnow() {
    assertThatThrownBy(() -> MetricsSettings.of(conf("prot", "9464")))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Unknown setting 'spark.seeql.metrics.prot';"
                + " known: spark.seeql.metrics.port, spark.seeql.metrics.linger");
  }
}
