package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.seeql.planner.option.OptionSet;

/**
 * The settings with which a program runs on a cluster.
 *
 * @param names of the workflow and the derived objects
 * @param image SeeQL's image for drivers, executors and light steps
 * @param databaseSecret a Secret with the keys {@code url}, {@code user} and {@code password}
 * @param stores the locations of images and models
 * @param containers the containers of user programs
 * @param policy how the workflow is scheduled, retried and stopped
 * @param options of inference, for every statement of the program
 * @param settings that the cluster's administrator usually prescribes
 */
public record Submission(
    RunNames names,
    String namespace,
    String image,
    SparkOperator operator,
    ExecutorShape executors,
    String databaseSecret,
    ImageStores stores,
    UserContainers containers,
    Policy policy,
    OptionSet options,
    ClusterSettings settings) {
  public Submission {
    requireNonNull(names, "names is null");
    requireNonNull(operator, "operator is null");
    requireNonNull(executors, "executors is null");
    requireNonNull(stores, "stores is null");
    requireNonNull(containers, "containers is null");
    requireNonNull(policy, "policy is null");
    requireNonNull(settings, "settings is null");
    SubmissionProblems problems = new SubmissionProblems();
    problems.note(() -> KubernetesNames.requireLabel("namespace", namespace));
    problems.note(() -> ImageReference.require(image));
    problems.note(() -> KubernetesNames.requireSubdomain("--database-secret", databaseSecret));
    problems.note(
        () ->
            policy
                .priorityClass()
                .ifPresent(p -> KubernetesNames.requireSubdomain("--priority", p)));
    problems.note(() -> requireRetries(policy.retries()));
    problems.note(() -> policy.deadline().ifPresent(Submission::requireDeadline));
    options
        .options()
        .forEach(
            option ->
                problems.note(
                    () ->
                        Arguments.requireLiteral(
                            "--" + option.name(),
                            option.value(),
                            "set the option in the program")));
    problems.refuse();
  }

  /**
   * How a workflow is scheduled, retried and stopped.
   *
   * @param priorityClass of the pods
   * @param retries the number of retries of a failed task
   * @param deadline the time after which the workflow is stopped
   */
  public record Policy(Optional<String> priorityClass, int retries, Optional<Duration> deadline) {
    public Policy {
      requireNonNull(priorityClass, "priorityClass is null");
      requireNonNull(deadline, "deadline is null");
    }
  }

  /** A copy with other names. */
  Submission named(RunNames others) {
    return new Submission(
        others,
        namespace,
        image,
        operator,
        executors,
        databaseSecret,
        stores,
        containers,
        policy,
        options,
        settings);
  }

  /** The name of the workflow. For a schedule, the placeholder that Argo replaces with it. */
  public String name() {
    return names.workflow();
  }

  /** The submission of a single run with the default settings. */
  public Submission(
      String name,
      String namespace,
      String image,
      SparkOperator operator,
      ExecutorShape executors,
      String databaseSecret,
      ImageStores stores,
      UserContainers containers,
      Policy policy,
      OptionSet options) {
    this(
        new RunNames.OneRun(name),
        namespace,
        image,
        operator,
        executors,
        databaseSecret,
        stores,
        containers,
        policy,
        options,
        ClusterSettings.DEFAULT);
  }

  private static void requireRetries(int retries) {
    if (retries < 0) {
      throw new SubmissionException("Invalid --retries: %d (at least 0)".formatted(retries));
    }
  }

  private static void requireDeadline(Duration deadline) {
    if (deadline.toSeconds() < 1) {
      throw new SubmissionException("Invalid --deadline: it must be longer than zero");
    }
  }

  String programConfigMap() {
    return names.program();
  }
}
