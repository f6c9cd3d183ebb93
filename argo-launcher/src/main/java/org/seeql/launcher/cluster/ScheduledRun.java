package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A run of a schedule.
 *
 * @param name of its workflow
 * @param phase as Argo tells it; {@code Pending} before it has looked
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
