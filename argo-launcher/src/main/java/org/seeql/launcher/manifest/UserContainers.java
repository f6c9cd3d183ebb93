package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The containers of user programs.
 *
 * @param images that they may run in: a name, or the start of a name up to a slash
 * @param cpus the CPU request in Kubernetes' notation ({@code 2} or {@code 500m})
 * @param memory the memory request and limit in Spark's notation ({@code 4g})
 */
public record UserContainers(
    List<String> images, Optional<String> cpus, Optional<String> memory, ContainerGpus gpus) {
  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]*[mg]");
  private static final Pattern CPUS = Pattern.compile("[1-9][0-9]*m?");

  /** No image is allowed. */
  public static final UserContainers NONE = ofImages();

  public UserContainers {
    images = List.copyOf(images);
    requireNonNull(cpus, "cpus is null");
    requireNonNull(memory, "memory is null");
    requireNonNull(gpus, "gpus is null");
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> cpus.ifPresent(UserContainers::requireCpus));
    problems.note(() -> memory.ifPresent(UserContainers::requireMemory));
    problems.refuse();
  }

  /** Images without requests for resources. */
  public static UserContainers ofImages(String... images) {
    return new UserContainers(
        List.of(images), Optional.empty(), Optional.empty(), new ContainerGpus.Requested(0));
  }

  private static void requireCpus(String cpus) {
    if (!CPUS.matcher(cpus).matches()) {
      throw new SubmissionException(
          "Invalid --container-cpus: '%s' (such as 1 or 500m)".formatted(cpus));
    }
  }

  private static void requireMemory(String memory) {
    if (!MEMORY.matcher(memory).matches()) {
      throw new SubmissionException(
          "Invalid --container-memory: '%s' (such as 512m or 4g)".formatted(memory));
    }
  }

  /** The memory in Kubernetes' notation: {@code 512Mi} or {@code 4Gi}. */
  Optional<String> memoryQuantity() {
    return memory.map(m -> m.replace("m", "Mi").replace("g", "Gi"));
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
