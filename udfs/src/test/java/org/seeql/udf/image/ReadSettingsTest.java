package org.seeql.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadSettingsTest {
  private static final long HEAP = 1_000L << 20;

  private static ReadSettings of(Map<String, String> properties) {
    return ReadSettings.of(name -> Optional.ofNullable(properties.get(name)), HEAP);
  }

  @Test
  void defaultsToAQuarterOfTheHeapAndTwoMinutes() {
    assertThat(of(Map.of()))
        .isEqualTo(new ReadSettings(250L << 20, 500L << 20, Duration.ofMinutes(2)));
  }

  @ParameterizedTest
  @CsvSource({"10%, 104857600", "64m, 67108864", "64M, 67108864", "2048k, 2097152"})
  void readsASizeOrAShare(String text, long bytes) {
    assertThat(of(Map.of("seeql.read_budget", text)).budgetBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "3m, 180"})
  void readsATime(String text, long seconds) {
    assertThat(of(Map.of("seeql.read_timeout", text)).timeout().toSeconds()).isEqualTo(seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "much", "100", "-1m", "0%", "51%", "1023k", "9999999999g", "1e3m"})
  void refusesOtherSizes(String text) {
    assertThatThrownBy(() -> of(Map.of("seeql.read_budget", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid seeql.read_budget: '%s' (1m to 50%% of the heap, which is 500m; for"
                    .formatted(text)
                + " example 256m or 25%)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0s", "-1s", "soon", "10", "1h"})
  void refusesOtherTimes(String text) {
    assertThatThrownBy(() -> of(Map.of("seeql.read_timeout", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid seeql.read_timeout: '%s' (at least 1s; for example 90s or 2m)"
                .formatted(text));
  }
}
