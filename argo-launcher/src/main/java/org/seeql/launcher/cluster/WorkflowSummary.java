package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run of a program on a cluster.
 *
 * @param run the name of its workflow
 * @param program the start of the program
 * @param phase of the workflow: Pending, Running, Succeeded, Failed or Error
 * @param progress completed and known steps, such as {@code 2/4}; empty before Argo has processed
 *     it
 * @param finished when it ended
 */
public record WorkflowSummary(
    String run,
    String program,
    String phase,
    String progress,
    Optional<Instant> created,
    Optional<Instant> started,
    Optional<Instant> finished) {
  public WorkflowSummary {
    requireNonNull(run, "run is null");
    requireNonNull(program, "program is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(progress, "progress is null");
    requireNonNull(created, "created is null");
    requireNonNull(started, "started is null");
    requireNonNull(finished, "finished is null");
  }

  static WorkflowSummary of(RunObject run) {
    return new WorkflowSummary(
        run.name(),
        run.beginning(),
        run.phase(),
        run.progress(),
        run.created(),
        run.started(),
        run.finished());
  }

  /**
   * The time from the start to the end, or to {@code now} if it has not ended. Empty before the
   * start.
   */
  public Optional<Duration> duration(Instant now) {
    return started.map(start -> Duration.between(start, finished.orElse(now)));
  }

  public boolean hasEnded() {
    return RunObject.isEnd(phase);
  }

  public boolean hasSucceeded() {
    return RunObject.isSuccess(phase);
  }
}
