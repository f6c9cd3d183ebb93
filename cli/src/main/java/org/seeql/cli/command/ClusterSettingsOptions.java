package org.seeql.cli.command;

import io.fabric8.kubernetes.api.model.Toleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.launcher.manifest.ClusterSettings;
import org.seeql.launcher.manifest.DriverShape;
import org.seeql.launcher.manifest.KeyValues;
import org.seeql.launcher.manifest.PodSettings;
import org.seeql.launcher.manifest.PodTemplate;
import org.seeql.launcher.manifest.PullPolicy;
import org.seeql.launcher.manifest.ServiceAccounts;
import org.seeql.launcher.manifest.SparkConf;
import org.seeql.launcher.manifest.StepResources;
import org.seeql.launcher.manifest.SubmissionException;
import org.seeql.launcher.manifest.Tolerations;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a submission that a cluster's administrator usually prescribes. */
final class ClusterSettingsOptions {
  @Option(
      names = "--driver-cores",
      paramLabel = "N",
      description = "Cores of a driver. Default: 1.")
  private int driverCores = DriverShape.DEFAULT.cores();

  @Option(
      names = "--driver-memory",
      paramLabel = "SIZE",
      description = "Heap of a driver. Default: 1g.")
  private String driverMemory = DriverShape.DEFAULT.memory();

  @Option(
      names = "--driver-memory-overhead",
      paramLabel = "SIZE",
      description = "Memory of a driver in addition to its heap. Default: 1g.")
  private String driverMemoryOverhead = DriverShape.DEFAULT.memoryOverhead();

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of Spark, such as spark.sql.shuffle.partitions=64. Can be repeated. "
              + "Settings with an option of their own are refused.")
  private List<String> conf = new ArrayList<>();

  @Option(
      names = "--step-cpus",
      paramLabel = "CPUS",
      description = "CPU request of a light step, such as 500m. Default: the namespace's.")
  private String stepCpus;

  @Option(
      names = "--step-memory",
      paramLabel = "SIZE",
      description =
          "Memory of a light step: request and limit, such as 1g. Default: the namespace's.")
  private String stepMemory;

  @Option(
      names = "--image-pull-policy",
      paramLabel = "POLICY",
      description =
          "When nodes pull container images: Always, IfNotPresent or Never. Default: Kubernetes'.")
  private String pullPolicy;

  @Option(
      names = "--node-selector",
      paramLabel = "KEY=VALUE",
      description = "A label of the nodes that run the pods. Can be repeated.")
  private List<String> nodeSelector = new ArrayList<>();

  @Option(
      names = "--toleration",
      paramLabel = "TAINT",
      description =
          "A taint of nodes that the pods tolerate: KEY[=VALUE][:EFFECT], such as "
              + "nvidia.com/gpu:NoSchedule. Can be repeated.")
  private List<String> tolerations = new ArrayList<>();

  @Option(
      names = "--pod-template",
      paramLabel = "FILE",
      description =
          "A pod template in YAML whose fields are merged with SeeQL's for all pods, such as "
              + "affinity or schedulerName.")
  private String podTemplate;

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      description = "How long an ended run is kept, such as 12h or 30d. Default: 7d.")
  private String ttl = "7d";

  @Mixin private ObjectOptions objects;

  /** Builds the settings. Adds what is wrong to the problems, and uses the defaults for it. */
  ClusterSettings settings(List<String> problems, Invocation invocation) {
    Optional<DriverShape> driver =
        Collected.of(
            problems, () -> new DriverShape(driverCores, driverMemory, driverMemoryOverhead));
    Optional<SparkConf> spark =
        Collected.of(problems, () -> new SparkConf(KeyValues.parse("--conf", conf)));
    Optional<StepResources> steps =
        Collected.of(
            problems,
            () ->
                new StepResources(Optional.ofNullable(stepCpus), Optional.ofNullable(stepMemory)));
    Optional<ServiceAccounts> accounts = Collected.of(problems, objects::accounts);
    PodSettings pods = pods(problems);
    Optional<PodTemplate> template =
        Optional.ofNullable(podTemplate)
            .flatMap(file -> Collected.of(problems, () -> template(file, invocation)));
    Optional<Duration> kept = Collected.of(problems, this::kept);
    return new ClusterSettings(
        driver.orElse(DriverShape.DEFAULT),
        spark.orElse(SparkConf.NONE),
        pods,
        steps.orElse(StepResources.DEFAULT),
        accounts.orElse(ServiceAccounts.DEFAULT),
        template,
        kept.orElse(ClusterSettings.DEFAULT.kept()));
  }

  private PodSettings pods(List<String> problems) {
    Optional<PullPolicy> policy =
        Optional.ofNullable(pullPolicy)
            .flatMap(text -> Collected.of(problems, () -> PullPolicy.parse(text)));
    SortedMap<String, String> none = new TreeMap<>();
    SortedMap<String, String> nodes =
        Collected.of(problems, () -> KeyValues.parse("--node-selector", nodeSelector)).orElse(none);
    List<Toleration> tolerated = new ArrayList<>();
    tolerations.forEach(
        taint -> Collected.of(problems, () -> Tolerations.parse(taint)).ifPresent(tolerated::add));
    SortedMap<String, String> labels = Collected.of(problems, objects::labels).orElse(none);
    SortedMap<String, String> annotations =
        Collected.of(problems, objects::annotations).orElse(none);
    return Collected.of(
            problems,
            () ->
                new PodSettings(
                    objects.pullSecrets(), policy, nodes, tolerated, labels, annotations))
        .orElse(PodSettings.DEFAULT);
  }

  private static PodTemplate template(String file, Invocation invocation) {
    try {
      return PodTemplate.parse(file, Files.readString(invocation.resolve(file)));
    } catch (NoSuchFileException e) {
      throw new SubmissionException(
          "Cannot read the pod template %s: there is no such file".formatted(file), e);
    } catch (IOException e) {
      throw new SubmissionException(
          "Cannot read the pod template %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Parses {@code 90m}, {@code 12h} or {@code 30d}. */
  private Duration kept() {
    try {
      Duration duration = Duration.parse(ttl.endsWith("d") ? "P" + ttl : "PT" + ttl);
      if (duration.toSeconds() >= 1) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw new SubmissionException("Invalid --ttl: '%s' (such as 12h or 30d)".formatted(ttl), e);
    }
    throw new SubmissionException("Invalid --ttl: '%s' (such as 12h or 30d)".formatted(ttl));
  }
}
