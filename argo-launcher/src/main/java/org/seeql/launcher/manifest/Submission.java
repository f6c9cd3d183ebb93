package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where and how a program runs on a cluster.
 *
 * @param names of the workflow and what derives from it
 * @param image of SeeQL: driver, executors and light steps
 * @param databaseSecret a Secret with the keys {@code url}, {@code user} and {@code password}
 * @param allowedImages of programs that run in containers of their own: a name, or the beginning of
 *     one up to a slash
 * @param claims volumes that every pod sees
 * @param priorityClass of the pods
 * @param retries how often a failed task is tried again
 * @param deadline after which the workflow is stopped
 */
public record Submission(
    RunNames names,
    String namespace,
    String image,
    SparkOperator operator,
    ExecutorShape executors,
    String databaseSecret,
    List<String> allowedImages,
    List<ClaimMount> claims,
    Optional<String> priorityClass,
    int retries,
    Optional<Duration> deadline) {
  public Submission {
    requireNonNull(names, "names is null");
    requireNonNull(operator, "operator is null");
    requireNonNull(executors, "executors is null");
    allowedImages = List.copyOf(allowedImages);
    claims = List.copyOf(claims);
    Problems problems = new Problems();
    problems.note(() -> KubernetesNames.requireLabel("namespace", namespace));
    problems.note(() -> ImageReference.require(image));
    problems.note(() -> KubernetesNames.requireSubdomain("--database-secret", databaseSecret));
    problems.note(
        () -> priorityClass.ifPresent(p -> KubernetesNames.requireSubdomain("--priority", p)));
    problems.note(() -> requireRetries(retries));
    problems.note(() -> deadline.ifPresent(Submission::requireDeadline));
    problems.refuse();
  }

  /** The same under other names. */
  Submission named(RunNames others) {
    return new Submission(
        others,
        namespace,
        image,
        operator,
        executors,
        databaseSecret,
        allowedImages,
        claims,
        priorityClass,
        retries,
        deadline);
  }

  /** The name of the workflow; of a schedule's runs what Argo replaces by it. */
  public String name() {
    return names.workflow();
  }

  /** A run by itself. */
  public Submission(
      String name,
      String namespace,
      String image,
      SparkOperator operator,
      ExecutorShape executors,
      String databaseSecret,
      List<String> allowedImages,
      List<ClaimMount> claims,
      Optional<String> priorityClass,
      int retries,
      Optional<Duration> deadline) {
    this(
        new RunNames.OneRun(name),
        namespace,
        image,
        operator,
        executors,
        databaseSecret,
        allowedImages,
        claims,
        priorityClass,
        retries,
        deadline);
  }

  private static void requireRetries(int retries) {
    if (retries < 0) {
      throw new SubmissionException("Invalid --retries: %d (at least 0)".formatted(retries));
    }
  }

  private static void requireDeadline(Duration deadline) {
    if (deadline.toSeconds() < 1) {
      throw new SubmissionException("Invalid --deadline: it is over before it begins");
    }
  }

  /** Whether a statement may name an image. */
  boolean allows(String image) {
    return allowedImages.stream()
        .anyMatch(
            allowed ->
                allowed.endsWith("/")
                    ? image.startsWith(allowed)
                    : image.equals(allowed)
                        || image.startsWith(allowed + ":")
                        || image.startsWith(allowed + "@"));
  }

  String programConfigMap() {
    return names.program();
  }
}
