package org.seeql.launcher.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.TableName;

/** Builds the containers of a submission's steps. */
final class StepContainers {
  private static final String SEEQL = "/opt/seeql/bin/seeql";

  private static final String SELECT = "SQLFLOW_TO_RUN_SELECT";

  private final Submission submission;
  private final PodParts pods;

  StepContainers(Submission submission) {
    this.submission = submission;
    this.pods = new PodParts(submission);
  }

  /** The key of a statement's SELECT in the program's ConfigMap. */
  static String selectKey(int statement) {
    return "select-" + statement + ".sql";
  }

  /** A container for statements of the database or the model repository, which need no Spark. */
  Container light(int statement) {
    return container(submission.image())
        .withCommand(SEEQL)
        .withArgs(SparkTask.arguments(submission, statement))
        .withTerminationMessagePolicy(PodParts.TELLS_WHY)
        .withEnv(pods.databaseEnvironment())
        .addAllToEnv(pods.s3Environment())
        .withVolumeMounts(pods.mounts())
        .withResources(
            resources(
                submission.settings().steps().cpus(),
                submission.settings().steps().memory().map(Amounts::quantity),
                0))
        .build();
  }

  /** A container for a program in a user's image. */
  Container foreign(RunStatement statement, int number) {
    List<String> command = Arguments.command(statement);
    command.forEach(
        argument -> SizeLimits.requireArgument(statement, "an argument of CMD", "", argument));
    return container(ImageReference.require(statement.image()))
        .withCommand(command)
        .withTerminationMessagePolicy(PodParts.TELLS_WHY)
        .withEnv(contract(statement, number))
        .addAllToEnv(pods.s3Environment())
        .withVolumeMounts(pods.claimMounts())
        .withResources(
            resources(
                submission.containers().cpus(),
                submission.containers().memoryQuantity(),
                submission.containers().gpus().count()))
        .build();
  }

  private static ResourceRequirements resources(
      Optional<String> cpuRequest, Optional<String> memoryQuantity, int gpus) {
    Map<String, Quantity> requests = new TreeMap<>();
    Map<String, Quantity> limits = new TreeMap<>();
    cpuRequest.ifPresent(cpus -> requests.put("cpu", new Quantity(cpus)));
    memoryQuantity
        .map(Quantity::new)
        .ifPresent(
            memory -> {
              requests.put("memory", memory);
              limits.put("memory", memory);
            });
    if (gpus > 0) {
      // Kubernetes takes the limit of such a resource as its request
      limits.put("nvidia.com/gpu", new Quantity(String.valueOf(gpus)));
    }
    return requests.isEmpty() && limits.isEmpty()
        ? null
        : new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build();
  }

  /** The environment variables that SQLFlow defines for a program in a container. */
  private List<EnvVar> contract(RunStatement statement, int number) {
    String into =
        statement.into().stream().map(TableName::toString).collect(Collectors.joining(","));
    List<EnvVar> environment = new ArrayList<>();
    SizeLimits.requireArgument(statement, "its SELECT", SELECT, statement.select());
    environment.add(pods.programText(SELECT, selectKey(number)));
    environment.add(variable("SQLFLOW_TO_RUN_INTO", Arguments.literal(statement, into)));
    environment.add(variable("SQLFLOW_TO_RUN_IMAGE", statement.image()));
    environment.add(pods.secret("SQLFLOW_DATASOURCE", "sqlflow-datasource"));
    environment.add(variable("SQLFLOW_DB_TYPE", "mysql"));
    environment.add(variable("SQLFLOW_DEPLOYMENT_PLATFORM", "Kubernetes"));
    new TreeMap<>(submission.containers().gpus().environment())
        .forEach((name, value) -> environment.add(variable(name, value)));
    return environment;
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /**
   * Succeeds if a parameter states that another step succeeded.
   *
   * @param parameter of the template
   */
  Container judge(String parameter) {
    return container(submission.image())
        .withCommand("test", "{{inputs.parameters." + parameter + "}}", "=", "Succeeded")
        .build();
  }

  /** Stops the workflow's running SparkApplications. */
  Container stopSpark() {
    return container(submission.image())
        .withCommand(SEEQL)
        .withArgs("stop-spark", submission.name(), "--namespace=" + submission.namespace())
        .build();
  }

  /**
   * Runs the driver in the step's own pod. This pod owns the executors, so that they end with it.
   */
  Container sparkSubmit(int statement) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--master",
            "k8s://https://$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)",
            "--deploy-mode",
            "client",
            "--name",
            SparkTask.name(submission, statement),
            "--class",
            SparkSettings.MAIN_CLASS));
    Map<String, String> conf = new SparkSettings(submission).withPods();
    conf.put("spark.driver.host", "$(POD_IP)");
    conf.put("spark.kubernetes.driver.pod.name", "$(POD_NAME)");
    conf.put(
        "spark.kubernetes.executor.podTemplateFile",
        PodParts.PROGRAM_DIRECTORY + "/" + WorkflowManifests.EXECUTOR_TEMPLATE);
    conf.put("spark.kubernetes.executor.label." + Labels.WORKFLOW, submission.name());
    conf.put("spark.kubernetes.executor.label." + Labels.STATEMENT, String.valueOf(statement));
    conf.forEach(
        (key, value) -> {
          arguments.add("--conf");
          arguments.add(key + "=" + value);
        });
    arguments.add(SparkSettings.MAIN_JAR);
    arguments.addAll(SparkTask.arguments(submission, statement));
    List<EnvVar> environment = new ArrayList<>();
    environment.add(PodParts.field("POD_NAME", "metadata.name"));
    environment.add(PodParts.field("POD_IP", "status.podIP"));
    environment.addAll(pods.databaseEnvironment());
    environment.addAll(pods.s3Environment());
    return container(submission.image())
        .withCommand(WorkflowManifests.SPARK_SUBMIT)
        .withArgs(arguments)
        .withTerminationMessagePolicy(PodParts.TELLS_WHY)
        .withPorts(PodParts.metricsPort())
        .withEnv(environment)
        .withVolumeMounts(pods.mounts())
        .withResources(driverResources())
        .build();
  }

  /** The CPUs are requested only if they are set; the namespace has a default. */
  private ResourceRequirements driverResources() {
    DriverShape driver = submission.settings().driver();
    Quantity memory = new Quantity(driver.memoryQuantity());
    // without a limit the namespace's default limit would hold, which may be less than the request
    ResourceRequirementsBuilder resources =
        new ResourceRequirementsBuilder()
            .addToRequests("memory", memory)
            .addToLimits("memory", memory);
    Optional<String> cpus = submission.executors().coreRequest();
    if (cpus.isPresent() || driver.cores() != DriverShape.DEFAULT.cores()) {
      resources.addToRequests("cpu", new Quantity(cpus.orElse(String.valueOf(driver.cores()))));
    }
    return resources.build();
  }

  private ContainerBuilder container(String image) {
    return new ContainerBuilder()
        .withImage(image)
        .withImagePullPolicy(
            submission.settings().pods().pullPolicy().map(PullPolicy::word).orElse(null))
        .withSecurityContext(pods.containerSecurity());
  }
}
