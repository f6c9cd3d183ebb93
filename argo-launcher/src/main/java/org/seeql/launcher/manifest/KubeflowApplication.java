package org.seeql.launcher.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A SparkApplication of Kubeflow's operator, with the fields that SeeQL uses. Source:
 * sparkoperator.k8s.io/v1beta2 in spark-operator 2.5. Empty fields are omitted.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record KubeflowApplication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  static final String API_VERSION = "sparkoperator.k8s.io/v1beta2";

  /**
   * Success and failure are the only final states. SUBMISSION_FAILED and UNKNOWN are transient and
   * lead to one of them.
   */
  static final String SUCCESS = "status.applicationState.state == COMPLETED";

  static final String FAILURE = "status.applicationState.state == FAILED";

  KubeflowApplication(ObjectMeta metadata, Spec spec) {
    this(API_VERSION, "SparkApplication", metadata, spec);
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Spec(
      String type,
      String mode,
      String sparkVersion,
      String image,
      String mainClass,
      String mainApplicationFile,
      List<String> arguments,
      Map<String, String> sparkConf,
      RestartPolicy restartPolicy,
      Driver driver,
      Executor executor) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record RestartPolicy(
      String type,
      Optional<Integer> onFailureRetries,
      Optional<Integer> onFailureRetryInterval,
      Optional<Integer> onSubmissionFailureRetries,
      Optional<Integer> onSubmissionFailureRetryInterval) {
    private static final int SECONDS_BETWEEN = 10;

    static RestartPolicy of(int retries) {
      return retries == 0
          ? new RestartPolicy(
              "Never", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())
          : new RestartPolicy(
              "OnFailure",
              Optional.of(retries),
              Optional.of(SECONDS_BETWEEN),
              Optional.of(retries),
              Optional.of(SECONDS_BETWEEN));
    }
  }

  /** The template describes the pods, because the operator's own fields require its webhook. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Driver(
      int cores,
      Optional<String> coreRequest,
      String memory,
      String memoryOverhead,
      String serviceAccount,
      Map<String, String> labels,
      PodTemplateSpec template) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Executor(
      int instances,
      int cores,
      Optional<String> coreRequest,
      String memory,
      String memoryOverhead,
      String serviceAccount,
      Map<String, String> labels,
      PodTemplateSpec template) {}
}
