package org.seeql.launcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimesTest {
  // a Monday
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "0 2 * * *,        UTC,              2026-11-24T02:00:00Z",
    "0 2 * * *,        Europe/Berlin,    2026-11-24T01:00:00Z",
    "0 2 * * *,        America/New_York, 2026-11-24T07:00:00Z",
    "*/15 8-10 * * 1-5, UTC,             2026-11-23T10:45:00Z",
    "'0 0 1,15 * *',   UTC,              2026-12-01T00:00:00Z",
    "0 0 * * 0,        UTC,              2026-11-29T00:00:00Z",
    "30 4 * * MON,     UTC,              2026-11-30T04:30:00Z",
    "0 0 29 2 *,       UTC,              2028-02-29T00:00:00Z",
    "@hourly,          UTC,              2026-11-23T11:00:00Z",
    "@weekly,          UTC,              2026-11-29T00:00:00Z",
    // with two restricted day fields, either one suffices, as in cron
    "0 0 24 * 6,       UTC,              2026-11-24T00:00:00Z",
  })
  void computesTheNextTimeOfASchedule(String expression, String zone, Instant expected) {
    assertThat(CronTimes.parse(expression, zone).next(NOW)).contains(expected);
  }

  @Test
  void firesOnceIfTheClockRepeatsAnHour() {
    CronTimes nightly = CronTimes.parse("30 2 * * *", "Europe/Berlin");

    Instant first = nightly.next(Instant.parse("2026-10-24T22:00:00Z")).orElseThrow();

    assertThat(first).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(nightly.next(first)).contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * *",
        "60 2 * * *",
        "0 24 * * *",
        "0 0 * * 7",
        "0 0 0 * *",
        "a b c d e",
        "0 2 * * * *",
        "@fortnightly",
        "{{x}} 2 * * *",
        "''"
      })
  void refusesExpressionsThatArgoDoesNotAccept(String expression) {
    assertThatThrownBy(() -> CronTimes.parse(expression, "UTC"))
        .isInstanceOf(SubmissionException.class)
        .hasMessageStartingWith("Invalid --cron: '" + expression + "': ")
        .hasMessageEndingWith(
            " (five fields: minute, hour, day of the month, month, day of the week 0 to 6; such as \"0 2 * * *\", every night at two)");
  }

  @Test
  void refusesADayThatNoMonthHas() {
    assertThatThrownBy(() -> CronTimes.parse("0 0 31 2 *", "UTC"))
        .isInstanceOf(SubmissionException.class)
        .hasMessage("Invalid --cron: '0 0 31 2 *' never fires: no month has that day");
  }

  @Test
  void refusesAnUnknownTimeZoneAndListsTheNearest() {
    assertThatThrownBy(() -> CronTimes.parse("0 2 * * *", "Europe/Berln"))
        .isInstanceOf(SubmissionException.class)
        .hasMessageStartingWith(
            "Invalid --timezone: Unknown time zone 'Europe/Berln'; known: Europe/Berlin, ");
  }
}
