package org.seeql.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.RowFormat;
import org.seeql.cli.console.Style;
import org.seeql.launcher.cluster.ScheduleState;
import org.seeql.launcher.cluster.ScheduledRun;
import org.seeql.launcher.cluster.Scheduling;
import org.seeql.launcher.manifest.CronTimes;
import org.seeql.launcher.manifest.Schedule;

/**
 * Prints schedules of a cluster: rows or JSON on standard output, messages on standard error. Times
 * are in the time zone of the schedule.
 */
final class SchedulePrinter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final List<String> COLUMNS =
      List.of("schedule", "cron", "time zone", "next", "last", "ended", "run", "state");

  private final Console console;
  private final ClusterOptions cluster;

  SchedulePrinter(Console console, ClusterOptions cluster) {
    this.console = console;
    this.cluster = cluster;
  }

  /** Prints the outcome of creating or changing a schedule. */
  void print(Schedule schedule, Scheduling outcome, SummaryFormat format, Instant now) {
    CronTimes times = schedule.times();
    Optional<Instant> next = times.next(now);
    if (format == SummaryFormat.JSON) {
      ObjectNode document = JSON.createObjectNode();
      document.put("schedule", schedule.name());
      document.put("namespace", cluster.namespace());
      document.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
      document.put("cron", times.expression());
      document.put("timezone", times.zone().getId());
      document.put("next", next.map(Instant::toString).orElse(null));
      console.out().println(text(document));
      return;
    }
    String what =
        switch (outcome) {
          case CREATED -> "scheduled";
          case UPDATED -> "schedule changed; a current run keeps its program";
          case UNCHANGED -> "already scheduled: nothing was changed";
        };
    Channel err = console.messages();
    err.println(
        "%s%s in namespace %s: %s (%s), next at %s"
            .formatted(
                err.paint(Style.GREEN, "✓ "),
                what,
                cluster.namespace(),
                times.expression(),
                times.zone(),
                next.map(at -> TIME.format(at.atZone(times.zone()))).orElse("no time")));
    console.out().println(schedule.name());
    err.println("  schedules   " + command("schedules", ""));
    err.println("  unschedule  " + command("unschedule", schedule.name()));
  }

  private String command(String verb, String name) {
    return (console.program() + " " + verb + " " + name).strip()
        + cluster.arguments().stream().map(a -> " " + a).reduce("", String::concat);
  }

  void print(List<ScheduleState> schedules, RowFormat format) {
    if (format.isJson()) {
      RunPrinter.print(
          schedules.stream().map(SchedulePrinter::document).toList(), format, console.out());
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    for (ScheduleState schedule : schedules) {
      rows.add(
          List.of(
              schedule.name(),
              schedule.cron(),
              schedule.timezone(),
              time(schedule.next(), schedule),
              time(schedule.last(), schedule),
              schedule.run().map(ScheduledRun::phase).orElse(""),
              schedule.run().map(ScheduledRun::name).orElse(""),
              state(schedule)));
    }
    format.on(console.out()).print(COLUMNS, rows.iterator());
  }

  private static String state(ScheduleState schedule) {
    if (!schedule.problem().isEmpty()) {
      return schedule.problem();
    }
    return schedule.suspended() ? "suspended" : "active";
  }

  private static String time(Optional<Instant> at, ScheduleState schedule) {
    ZoneId zone =
        ZoneId.getAvailableZoneIds().contains(schedule.timezone())
            ? ZoneId.of(schedule.timezone())
            : ZoneId.of("UTC");
    return at.map(instant -> TIME.format(instant.atZone(zone))).orElse("");
  }

  private static ObjectNode document(ScheduleState schedule) {
    ObjectNode document = JSON.createObjectNode();
    document.put("schedule", schedule.name());
    document.put("cron", schedule.cron());
    document.put("timezone", schedule.timezone());
    document.put("concurrency", schedule.concurrency().toLowerCase(Locale.ROOT));
    document.put("suspended", schedule.suspended());
    document.put("next", schedule.next().map(Instant::toString).orElse(null));
    document.put("last", schedule.last().map(Instant::toString).orElse(null));
    document.put("run", schedule.run().map(ScheduledRun::name).orElse(null));
    document.put("phase", schedule.run().map(ScheduledRun::phase).orElse(null));
    document.put("problem", schedule.problem());
    return document;
  }

  void printRemoved(String name, List<String> runs) {
    Channel err = console.messages();
    err.println(
        err.paint(Style.GREEN, "✓ ")
            + "%s is removed from namespace %s".formatted(name, cluster.namespace()));
    for (String run : runs) {
      err.println("  still running: " + run + " (" + command("cancel", run) + " stops it)");
    }
  }

  private static String text(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a JSON document", e);
    }
  }
}
