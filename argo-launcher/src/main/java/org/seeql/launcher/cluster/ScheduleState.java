package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A schedule as it is on a cluster.
 *
 * @param cron when it fires, in the time zone {@code timezone}
 * @param concurrency {@code Forbid}, {@code Replace} or {@code Allow}
 * @param next when it fires next; empty while it is suspended
 * @param last when it fired last; empty before the first time
 * @param run its latest run that is still there
 * @param problem what Argo has against it; mostly empty
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
