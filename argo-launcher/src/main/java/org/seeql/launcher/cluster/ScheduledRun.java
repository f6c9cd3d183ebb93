package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A run of a schedule.
 *
 * @param name the name of its workflow
 * @param phase Argo's phase; {@code Pending} before Argo has processed it
 * @param program the ConfigMap with its program
 */
public record ScheduledRun(String name, String phase, String program) {
  private static final Set<String> ENDS = Set.of("Succeeded", "Failed", "Error");

  public ScheduledRun {
    requireNonNull(name, "name is null");
    requireNonNull(phase, "phase is null");
    requireNonNull(program, "program is null");
  }

  public boolean hasEnded() {
    return ENDS.contains(phase);
  }
}
