package org.seeql.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.launcher.manifest.ClaimMount;
import org.seeql.launcher.manifest.ClusterSettings;
import org.seeql.launcher.manifest.ContainerGpus;
import org.seeql.launcher.manifest.ExecutorShape;
import org.seeql.launcher.manifest.ImageStores;
import org.seeql.launcher.manifest.RunNames;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.Submission;
import org.seeql.launcher.manifest.SubmissionException;
import org.seeql.launcher.manifest.UserContainers;
import org.seeql.planner.option.OptionSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a program runs on a cluster: the options shared by {@code submit} and {@code schedule}. */
final class SubmissionOptions {
  /** Replaces a missing image while the other options are validated. */
  private static final String ANY_IMAGE = "seeql";

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "SeeQL's container image, for drivers, executors and light steps.")
  private String image;

  @Option(
      names = "--operator",
      paramLabel = "OPERATOR",
      defaultValue = "kubeflow",
      description =
          "What starts Spark: kubeflow or apache (an operator in the cluster), or none (the "
              + "step itself). Default: ${DEFAULT-VALUE}.")
  private SparkOperator operator;

  @Option(
      names = "--executors",
      paramLabel = "N",
      description = "Executors per statement. Default: 2.")
  private int executors = ExecutorShape.DEFAULT.instances();

  @Option(
      names = "--executor-cores",
      paramLabel = "N",
      description = "Concurrent tasks per executor. Default: 2.")
  private int executorCores = ExecutorShape.DEFAULT.cores();

  @Option(
      names = "--executor-core-request",
      paramLabel = "CORES",
      description = "CPU request of a driver or executor, such as 500m. Default: its cores.")
  private String coreRequest;

  @Option(
      names = "--executor-memory",
      paramLabel = "SIZE",
      description = "Heap per executor. Default: 1g.")
  private String memory = ExecutorShape.DEFAULT.memory();

  @Option(
      names = "--executor-memory-overhead",
      paramLabel = "SIZE",
      description =
          "Memory per executor in addition to its heap, for images and the model. Default: "
              + "2g.")
  private String memoryOverhead = ExecutorShape.DEFAULT.memoryOverhead();

  @Option(
      names = "--executor-gpus",
      paramLabel = "N",
      description = "GPUs per executor. Default: 0.")
  private int gpus;

  @Option(
      names = "--pvc",
      paramLabel = "NAME:/MOUNT",
      description =
          "A PersistentVolumeClaim with images or models, and its mount path in pods. Can be "
              + "repeated.")
  private List<String> claims = new ArrayList<>();

  @Option(
      names = "--s3",
      paramLabel = "SECRET",
      description =
          "A Secret with which pods read images and models from S3: AWS_ACCESS_KEY_ID, "
              + "AWS_SECRET_ACCESS_KEY, and if needed AWS_SESSION_TOKEN, AWS_REGION and "
              + "AWS_ENDPOINT_URL_S3.")
  private String s3Secret;

  @Option(
      names = "--in-image",
      paramLabel = "FOLDER",
      description =
          "A folder with images or models that the container image itself contains. Can be "
              + "repeated.")
  private List<String> inImage = new ArrayList<>();

  @Option(
      names = "--database-secret",
      paramLabel = "NAME",
      defaultValue = "seeql-database",
      description = "A Secret with the keys url, user and password. Default: ${DEFAULT-VALUE}.")
  private String databaseSecret;

  @Option(
      names = "--allow-image",
      paramLabel = "IMAGE",
      description =
          "A container image that TO RUN may start, or a prefix of image names that ends "
              + "with a slash. Can be repeated. Default: none.")
  private List<String> allowedImages = new ArrayList<>();

  @Option(
      names = "--container-gpus",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "GPUs of a container that TO RUN starts. all: the GPUs of its node, without a request. "
              + "Default: ${DEFAULT-VALUE}.")
  private String containerGpus;

  @Option(
      names = "--container-cpus",
      paramLabel = "CPUS",
      description = "CPU request of a container that TO RUN starts, such as 2 or 500m.")
  private String containerCpus;

  @Option(
      names = "--container-memory",
      paramLabel = "SIZE",
      description = "Memory of a container that TO RUN starts: request and limit, such as 4g.")
  private String containerMemory;

  @Option(names = "--priority", paramLabel = "CLASS", description = "PriorityClass of the pods.")
  private String priorityClass;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Maximum number of retries of a statement that infers. A retry resumes the run. "
              + "Default: ${DEFAULT-VALUE}.")
  private int retries;

  @Option(
      names = "--deadline",
      paramLabel = "DURATION",
      description = "The program is stopped after this time, such as 90m or 6h.")
  private String deadline;

  @Mixin private ClusterProfileOption profile;
  @Mixin private ClusterSettingsOptions settings;
  @Mixin private InferenceOptions inference;

  /** Sets the options that only the cluster profile names. Call this before the other methods. */
  void applyProfile(CommandSpec spec, Invocation invocation) {
    profile.apply(spec, invocation);
  }

  /** Options for every statement of the program. */
  OptionSet inference() {
    return inference.options();
  }

  /**
   * Validates the options and builds a submission.
   *
   * @param name the name of the workflow
   * @throws SubmissionException with all problems
   */
  Submission submission(String name, String namespace, Invocation invocation) {
    List<String> problems = new ArrayList<>();
    if (image == null) {
      problems.add(
          "Missing --image: specify SeeQL's image, which the cluster must have or be able to "
              + "pull");
    }
    Optional<ExecutorShape> shape = Collected.of(problems, this::executors);
    List<ClaimMount> mounts = new ArrayList<>();
    claims.forEach(
        claim -> Collected.of(problems, () -> ClaimMount.parse(claim)).ifPresent(mounts::add));
    Optional<ImageStores> stores =
        Collected.of(
            problems, () -> new ImageStores(mounts, Optional.ofNullable(s3Secret), inImage));
    Optional<UserContainers> containers = containers(problems);
    Optional<Duration> limit =
        Optional.ofNullable(deadline).flatMap(text -> Collected.of(problems, () -> duration(text)));
    ClusterSettings cluster = settings.settings(problems, invocation);
    Optional<Submission> submission =
        Collected.of(
            problems,
            () ->
                new Submission(
                    new RunNames.OneRun(name),
                    namespace,
                    image == null ? ANY_IMAGE : image,
                    operator,
                    shape.orElse(ExecutorShape.DEFAULT),
                    databaseSecret,
                    stores.orElse(ImageStores.NONE),
                    containers.orElse(UserContainers.NONE),
                    new Submission.Policy(Optional.ofNullable(priorityClass), retries, limit),
                    inference.options(),
                    cluster));
    if (!problems.isEmpty()) {
      throw SubmissionException.of(problems);
    }
    return submission.orElseThrow();
  }

  private ExecutorShape executors() {
    return new ExecutorShape(
        executors, executorCores, Optional.ofNullable(coreRequest), memory, memoryOverhead, gpus);
  }

  private Optional<UserContainers> containers(List<String> problems) {
    Optional<ContainerGpus> visible =
        Collected.of(problems, () -> ContainerGpus.parse(containerGpus));
    return Collected.of(
        problems,
        () ->
            new UserContainers(
                allowedImages,
                Optional.ofNullable(containerCpus),
                Optional.ofNullable(containerMemory),
                visible.orElse(new ContainerGpus.Requested(0))));
  }

  /** Parses {@code 90s}, {@code 90m} or {@code 6h}. */
  private static Duration duration(String text) {
    try {
      return Duration.parse("PT" + text);
    } catch (DateTimeParseException e) {
      throw new SubmissionException(
          "Invalid --deadline: '%s' (such as 90m or 6h)".formatted(text), e);
    }
  }
}
