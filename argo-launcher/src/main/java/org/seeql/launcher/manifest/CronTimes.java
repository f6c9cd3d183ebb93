package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import com.cronutils.model.Cron;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.message.NearestNames;

/**
 * The firing times of a schedule. As in Argo, an expression has five fields: minute, hour, day of
 * the month, month, and day of the week (0 for Sunday to 6). It can also be {@code @hourly}, {@code
 * @daily}, {@code @weekly}, {@code @monthly} or {@code @yearly}. Immutable.
 */
public final class CronTimes {
  private static final CronDefinition ARGO =
      CronDefinitionBuilder.defineCron()
          .withMinutes()
          .withStrictRange()
          .and()
          .withHours()
          .withStrictRange()
          .and()
          .withDayOfMonth()
          .withStrictRange()
          .and()
          .withMonth()
          .withStrictRange()
          .and()
          .withDayOfWeek()
          .withValidRange(0, 6)
          .withMondayDoWValue(1)
          .withStrictRange()
          .and()
          .withSupportedNicknameYearly()
          .withSupportedNicknameAnnually()
          .withSupportedNicknameMonthly()
          .withSupportedNicknameWeekly()
          .withSupportedNicknameDaily()
          .withSupportedNicknameMidnight()
          .withSupportedNicknameHourly()
          .instance();

  private final String expression;
  private final ZoneId zone;
  private final ExecutionTime times;

  private CronTimes(String expression, ZoneId zone, ExecutionTime times) {
    this.expression = requireNonNull(expression, "expression is null");
    this.zone = requireNonNull(zone, "zone is null");
    this.times = requireNonNull(times, "times is null");
  }

  /**
   * Parses an expression.
   *
   * @param zone the name of a time zone, such as {@code Europe/Berlin}
   * @throws SubmissionException with all problems
   */
  public static CronTimes parse(String expression, String zone) {
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> zone(zone));
    problems.note(() -> times(expression));
    problems.refuse();
    return new CronTimes(expression.strip(), zone(zone), times(expression));
  }

  private static ZoneId zone(String name) {
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      List<String> known = ZoneId.getAvailableZoneIds().stream().sorted().toList();
      throw new SubmissionException(
          "Invalid --timezone: " + NearestNames.unknown("time zone", name, known));
    }
    return ZoneId.of(name);
  }

  private static ExecutionTime times(String expression) {
    ExecutionTime times;
    try {
      Cron cron = new CronParser(ARGO).parse(expression.strip());
      times = ExecutionTime.forCron(cron.validate());
    } catch (IllegalArgumentException e) {
      throw new SubmissionException(
          "Invalid --cron: '%s': %s (five fields: minute, hour, day of the month, month, day of the week 0 to 6; such as \"0 2 * * *\", every night at two)"
              .formatted(expression, reason(e)),
          e);
    }
    if (times.nextExecution(ZonedDateTime.parse("2000-01-01T00:00Z")).isEmpty()) {
      throw new SubmissionException(
          "Invalid --cron: '%s' never fires: no month has that day".formatted(expression));
    }
    return times;
  }

  // the outer exception's message repeats the expression, so use the root cause
  private static String reason(IllegalArgumentException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("cannot be read");
  }

  /** The original expression. */
  public String expression() {
    return expression;
  }

  public ZoneId zone() {
    return zone;
  }

  /** The first firing time after an instant. */
  public Optional<Instant> next(Instant after) {
    return times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant);
  }
}
