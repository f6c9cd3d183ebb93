package org.seeql.launcher.manifest;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Builds the SparkApplication of a statement for an operator. */
final class SparkTask {
  private static final long MILLIS_KEPT = 86_400_000;
  private static final long MILLIS_BETWEEN_RESTARTS = 10_000;

  private final Submission submission;
  private final PodParts pods;
  private final SparkSettings settings;

  SparkTask(Submission submission) {
    this.submission = submission;
    this.pods = new PodParts(submission);
    this.settings = new SparkSettings(submission);
  }

  /** The name of a statement's SparkApplication. */
  static String name(Submission submission, int statement) {
    return submission.name() + "-" + statement;
  }

  /**
   * The driver's arguments. The run id is derived from the statement's task, so that a restarted
   * driver resumes its run.
   */
  static List<String> arguments(Submission submission, int statement) {
    List<String> arguments = new ArrayList<>();
    arguments.add("run");
    arguments.add(PodParts.PROGRAM_DIRECTORY + "/" + PodParts.PROGRAM_FILE);
    arguments.add("--statement=" + statement);
    arguments.add("--run-id=" + name(submission, statement));
    submission
        .options()
        .options()
        .forEach(option -> arguments.add("--" + option.name() + "=" + option.value()));
    return arguments;
  }

  private ObjectMeta metadata(int statement) {
    return new ObjectMetaBuilder()
        .withName(name(submission, statement))
        .withNamespace(submission.namespace())
        .withLabels(Labels.of(submission, statement))
        .withAnnotations(submission.settings().pods().annotations())
        .build();
  }

  KubeflowApplication kubeflow(int statement) {
    ExecutorShape executors = submission.executors();
    DriverShape driver = submission.settings().driver();
    ServiceAccounts accounts = submission.settings().accounts();
    return new KubeflowApplication(
        metadata(statement),
        new KubeflowApplication.Spec(
            "Java",
            "cluster",
            SparkSettings.SPARK_VERSION,
            submission.image(),
            SparkSettings.MAIN_CLASS,
            SparkSettings.MAIN_JAR,
            arguments(submission, statement),
            settings.common(),
            KubeflowApplication.RestartPolicy.of(submission.policy().retries()),
            new KubeflowApplication.Driver(
                driver.cores(),
                executors.coreRequest(),
                driver.memory(),
                driver.memoryOverhead(),
                accounts.driver(),
                Labels.of(submission, statement),
                pods.driver()),
            new KubeflowApplication.Executor(
                executors.instances(),
                executors.cores(),
                executors.coreRequest(),
                executors.memory(),
                executors.memoryOverhead(),
                accounts.executor(),
                Labels.of(submission, statement),
                pods.executor())));
  }

  ApacheApplication apache(int statement) {
    boolean retries = submission.policy().retries() > 0;
    SortedMap<String, String> conf = settings.withPods();
    conf.put("spark.kubernetes.driver.label." + Labels.STATEMENT, String.valueOf(statement));
    conf.put("spark.kubernetes.executor.label." + Labels.STATEMENT, String.valueOf(statement));
    return new ApacheApplication(
        metadata(statement),
        new ApacheApplication.Spec(
            SparkSettings.MAIN_CLASS,
            SparkSettings.MAIN_JAR,
            arguments(submission, statement),
            "ClusterMode",
            new ApacheApplication.RuntimeVersions(
                SparkSettings.SPARK_VERSION,
                SparkSettings.SCALA_VERSION,
                SparkSettings.JAVA_VERSION),
            conf,
            new ApacheApplication.PodSpec(pods.driver()),
            new ApacheApplication.PodSpec(pods.executor()),
            new ApacheApplication.Tolerations(
                new ApacheApplication.RestartConfig(
                    retries ? "OnFailure" : "Never",
                    submission.policy().retries(),
                    MILLIS_BETWEEN_RESTARTS),
                "Always",
                MILLIS_KEPT,
                new ApacheApplication.InstanceConfig(submission.executors().instances()))));
  }

  /** The retries of a step that runs without an operator. Operators have their own retries. */
  static Optional<Workflow.RetryStrategy> retries(Submission submission) {
    return submission.policy().retries() == 0
        ? Optional.empty()
        : Optional.of(
            new Workflow.RetryStrategy(
                String.valueOf(submission.policy().retries()),
                "Always",
                new Workflow.Backoff("10s", "2", "5m")));
  }
}
