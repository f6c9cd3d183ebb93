package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The containers of user programs.
 *
 * @param images that they may run in: a name, or the start of a name up to a slash
 * @param cpus the CPU request in Kubernetes' notation ({@code 2} or {@code 500m})
 * @param memory the memory request and limit in Spark's notation ({@code 4g})
 */
public record UserContainers(
    List<String> images, Optional<String> cpus, Optional<String> memory, ContainerGpus gpus) {

  /** No image is allowed. */
  public static final UserContainers NONE = ofImages();

  public UserContainers {
    images = List.copyOf(images);
    requireNonNull(cpus, "cpus is null");
    requireNonNull(memory, "memory is null");
    requireNonNull(gpus, "gpus is null");
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> cpus.ifPresent(c -> Amounts.requireCpus("--container-cpus", c)));
    problems.note(() -> memory.ifPresent(m -> Amounts.requireMemory("--container-memory", m)));
    problems.refuse();
  }

  /** Images without requests for resources. */
  public static UserContainers ofImages(String... images) {
    return new UserContainers(
        List.of(images), Optional.empty(), Optional.empty(), new ContainerGpus.Requested(0));
  }

  /** The memory in Kubernetes' notation: {@code 512Mi} or {@code 4Gi}. */
  Optional<String> memoryQuantity() {
    return memory.map(Amounts::quantity);
  }

  /** Whether a statement may use an image. */
  boolean allows(String image) {
    return images.stream()
        .anyMatch(
            allowed ->
                allowed.endsWith("/")
                    ? image.startsWith(allowed)
                    : image.equals(allowed)
                        || image.startsWith(allowed + ":")
                        || image.startsWith(allowed + "@"));
  }
}
