package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a schedule on a cluster.
 *
 * @param cron the cron expression, evaluated in the time zone {@code timezone}
 * @param concurrency {@code Forbid}, {@code Replace} or {@code Allow}
 * @param next the next firing time; empty while suspended
 * @param last the last firing time; empty before the first
 * @param run the latest existing run
 * @param problem the problem that Argo reports; usually empty
 */
public record ScheduleState(
    String name,
    String cron,
    String timezone,
    String concurrency,
    boolean suspended,
    Optional<Instant> next,
    Optional<Instant> last,
    Optional<ScheduledRun> run,
    String problem) {
  public ScheduleState {
    requireNonNull(name, "name is null");
    requireNonNull(next, "next is null");
    requireNonNull(last, "last is null");
    requireNonNull(run, "run is null");
  }
}
