package org.seeql.launcher.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The common parts of a submission's pods. All pods satisfy the restricted pod security profile.
 */
final class PodParts {
  /** The folder of a pod that contains {@code program.sql}. */
  static final String PROGRAM_DIRECTORY = "/etc/seeql";

  static final String PROGRAM_FILE = "program.sql";

  /** The user of Spark's images. */
  private static final long USER = 185;

  private static final String PROGRAM_VOLUME = "program";

  /**
   * Copies the end of a failed container's log into the pod's status, which then states the cause.
   */
  static final String TELLS_WHY = "FallbackToLogsOnError";

  /** The names of the variables that AWS's own tools use. */
  private static final List<String> S3_KEYS = List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

  private static final List<String> OPTIONAL_S3_KEYS =
      List.of("AWS_SESSION_TOKEN", "AWS_REGION", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");

  private final Submission submission;

  PodParts(Submission submission) {
    this.submission = submission;
  }

  /** The Secrets with which nodes pull the images of the workflow's steps. */
  List<LocalObjectReference> pullSecrets() {
    return submission.settings().pods().pullSecrets().stream()
        .map(LocalObjectReference::new)
        .toList();
  }

  PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  SecurityContext containerSecurity() {
    return new SecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withAllowPrivilegeEscalation(false)
        .withNewCapabilities()
        .addToDrop("ALL")
        .endCapabilities()
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  /** The volumes of the claims and the program. */
  List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    volumes.add(
        new VolumeBuilder()
            .withName(PROGRAM_VOLUME)
            .withNewConfigMap()
            .withName(submission.programConfigMap())
            .endConfigMap()
            .build());
    volumes.addAll(claimVolumes());
    return volumes;
  }

  private List<Volume> claimVolumes() {
    List<Volume> volumes = new ArrayList<>();
    for (int i = 0; i < submission.stores().claims().size(); i++) {
      volumes.add(
          new VolumeBuilder()
              .withName("claim-" + i)
              .withNewPersistentVolumeClaim()
              .withClaimName(submission.stores().claims().get(i).claim())
              .withReadOnly(true)
              .endPersistentVolumeClaim()
              .build());
    }
    return volumes;
  }

  List<VolumeMount> mounts() {
    List<VolumeMount> mounts = new ArrayList<>();
    mounts.add(
        new VolumeMountBuilder()
            .withName(PROGRAM_VOLUME)
            .withMountPath(PROGRAM_DIRECTORY)
            .withReadOnly(true)
            .build());
    mounts.addAll(claimMounts());
    return mounts;
  }

  List<VolumeMount> claimMounts() {
    List<VolumeMount> mounts = new ArrayList<>();
    for (int i = 0; i < submission.stores().claims().size(); i++) {
      mounts.add(
          new VolumeMountBuilder()
              .withName("claim-" + i)
              .withMountPath(submission.stores().claims().get(i).path())
              .withReadOnly(true)
              .build());
    }
    return mounts;
  }

  /** The address and credentials of the database, from its Secret. */
  List<EnvVar> databaseEnvironment() {
    return List.of(
        secret("SEEQL_DATABASE", "url"),
        secret("SEEQL_DATABASE_USER", "user"),
        secret("SEEQL_DATABASE_PASSWORD", "password"));
  }

  /** The address and credentials of S3, from its Secret. Empty if no Secret is named. */
  List<EnvVar> s3Environment() {
    List<EnvVar> environment = new ArrayList<>();
    submission
        .stores()
        .s3Secret()
        .ifPresent(
            secret -> {
              S3_KEYS.forEach(key -> environment.add(secret(key, secret, key)));
              OPTIONAL_S3_KEYS.forEach(
                  key ->
                      environment.add(
                          new EnvVarBuilder(secret(key, secret, key))
                              .editValueFrom()
                              .editSecretKeyRef()
                              .withOptional(true)
                              .endSecretKeyRef()
                              .endValueFrom()
                              .build()));
            });
    return environment;
  }

  /** A variable with the value of a key of the database's Secret. */
  EnvVar secret(String variable, String key) {
    return secret(variable, submission.databaseSecret(), key);
  }

  private static EnvVar secret(String variable, String secret, String key) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewSecretKeyRef()
        .withName(secret)
        .withKey(key)
        .endSecretKeyRef()
        .endValueFrom()
        .build();
  }

  EnvVar programText(String variable, String key) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewConfigMapKeyRef()
        .withName(submission.programConfigMap())
        .withKey(key)
        .endConfigMapKeyRef()
        .endValueFrom()
        .build();
  }

  static EnvVar field(String variable, String path) {
    return new EnvVarBuilder()
        .withName(variable)
        .withNewValueFrom()
        .withNewFieldRef()
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }

  /** The port of the metrics. A PodMonitor selects it by name. */
  static ContainerPort metricsPort() {
    return new ContainerPortBuilder()
        .withName("metrics")
        .withContainerPort(SparkSettings.METRICS_PORT)
        .build();
  }

  /** The driver's pod. It mounts the program, and is the only one with the database's password. */
  PodTemplateSpec driver() {
    Container container =
        new ContainerBuilder()
            .withName("spark-kubernetes-driver")
            .withTerminationMessagePolicy(TELLS_WHY)
            .withPorts(metricsPort())
            .withSecurityContext(containerSecurity())
            .withEnv(databaseEnvironment())
            .addAllToEnv(s3Environment())
            .withVolumeMounts(mounts())
            .build();
    return template(container, volumes());
  }

  /** An executor's pod. Its tasks contain the database settings that they need. */
  PodTemplateSpec executor() {
    Container container =
        new ContainerBuilder()
            .withName("spark-kubernetes-executor")
            .withTerminationMessagePolicy(TELLS_WHY)
            .withPorts(metricsPort())
            .withSecurityContext(containerSecurity())
            .withEnv(s3Environment())
            .withVolumeMounts(claimMounts())
            .build();
    return template(container, claimVolumes());
  }

  /**
   * The executor's pod as a file without SeeQL's labels: Argo substitutes nothing in it, and Spark
   * sets labels.
   */
  PodTemplateSpec executorFile() {
    PodSettings settings = submission.settings().pods();
    ObjectMeta metadata =
        settings.labels().isEmpty() && settings.annotations().isEmpty()
            ? null
            : new ObjectMetaBuilder()
                .withLabels(settings.labels())
                .withAnnotations(settings.annotations())
                .build();
    return new PodTemplateSpecBuilder(executor()).withMetadata(metadata).build();
  }

  private PodTemplateSpec template(Container container, List<Volume> volumes) {
    PodTemplateSpec ours = ours(container, volumes);
    return submission.settings().template().map(t -> t.mergedWith(ours)).orElse(ours);
  }

  private PodTemplateSpec ours(Container container, List<Volume> volumes) {
    PodSettings settings = submission.settings().pods();
    return new PodTemplateSpecBuilder()
        .withNewMetadata()
        .withLabels(labels())
        .withAnnotations(settings.annotations())
        .endMetadata()
        .withNewSpec()
        .withNodeSelector(settings.nodeSelector().isEmpty() ? null : settings.nodeSelector())
        .withTolerations(settings.tolerations())
        .withSecurityContext(podSecurity())
        .withPriorityClassName(submission.policy().priorityClass().orElse(null))
        .withContainers(container)
        .withVolumes(volumes)
        .endSpec()
        .build();
  }

  /** The labels that select all pods of a workflow. */
  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(submission.settings().pods().labels());
    labels.put(Labels.WORKFLOW, submission.name());
    return labels;
  }
}
