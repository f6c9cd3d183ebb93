package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The resources of a light step. Without them, the namespace's defaults hold.
 *
 * @param cpus the CPU request in Kubernetes' notation ({@code 500m})
 * @param memory the memory request and limit in Spark's notation ({@code 1g})
 */
public record StepResources(Optional<String> cpus, Optional<String> memory) {
  public static final StepResources DEFAULT = new StepResources(Optional.empty(), Optional.empty());

  public StepResources {
    requireNonNull(cpus, "cpus is null");
    requireNonNull(memory, "memory is null");
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> cpus.ifPresent(c -> Amounts.requireCpus("--step-cpus", c)));
    problems.note(() -> memory.ifPresent(m -> Amounts.requireMemory("--step-memory", m)));
    problems.refuse();
  }
}
