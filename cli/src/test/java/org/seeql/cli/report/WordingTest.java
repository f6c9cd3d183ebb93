package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "900, < 1 ms",
    "42000000, 42 ms",
    "180000000, 0.18 s",
    "9990000000, 9.99 s",
    "64230000000, 64.2 s",
    "725000000000, 12 min 5 s",
    "11220000000000, 3 h 7 min",
  })
  void writesADurationInASuitableUnit(long nanos, String expected) {
    assertThat(Wording.duration(Duration.ofNanos(nanos))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 5, –", "7, 0, –", "2, 5, 0.40", "642, 10, 64.2", "4124, 4, '1,031'"})
  void writesARate(long things, long seconds, String expected) {
    assertThat(Wording.rate(things, Duration.ofSeconds(seconds))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 0 %",
    "5, 0, 0 %",
    "1, 1000000, < 0.1 %",
    "3, 107, 2.8 %",
    "5, 6, 83 %",
    "6, 6, 100 %"
  })
  void writesAFraction(long part, long whole, String expected) {
    assertThat(Wording.percent(part, whole)).isEqualTo(expected);
  }

  @Test
  void countsInEnglishWhateverTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Wording.count(1_234_567)).isEqualTo("1,234,567");
      assertThat(Wording.count(1, "image")).isEqualTo("1 image");
      assertThat(Wording.count(2, "class")).isEqualTo("2 classes");
      assertThat(Wording.length(1, 3)).isEqualTo("33.33%");
      assertThat(Wording.moment(Instant.parse("2026-05-01T10:00:00Z"), ZoneId.of("Europe/Madrid")))
          .isEqualTo("1 May 2026, 12:00:00 CEST");
    } finally {
      Locale.setDefault(before);
    }
  }
}
