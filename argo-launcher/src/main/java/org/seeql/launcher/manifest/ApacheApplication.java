package org.seeql.launcher.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;

/**
 * A SparkApplication of Apache's operator, with the fields that SeeQL uses. Source:
 * spark.apache.org/v1 in spark-kubernetes-operator 1.0. Empty fields are omitted.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ApacheApplication(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  static final String API_VERSION = "spark.apache.org/v1";

  ApacheApplication(ObjectMeta metadata, Spec spec) {
    this(API_VERSION, "SparkApplication", metadata, spec);
  }

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Spec(
      String mainClass,
      String jars,
      List<String> driverArgs,
      String deploymentMode,
      RuntimeVersions runtimeVersions,
      Map<String, String> sparkConf,
      PodSpec driverSpec,
      PodSpec executorSpec,
      Tolerations applicationTolerations) {}

  record RuntimeVersions(String sparkVersion, String scalaVersion, String jdkVersion) {}

  record PodSpec(PodTemplateSpec podTemplateSpec) {}

  /**
   * Pods are retained for some time after the end, because the driver's log is deleted with its
   * pod.
   */
  record Tolerations(
      RestartConfig restartConfig,
      String resourceRetainPolicy,
      long resourceRetainDurationMillis,
      InstanceConfig instanceConfig) {}

  record RestartConfig(String restartPolicy, int maxRestartAttempts, long restartBackoffMillis) {}

  record InstanceConfig(int initExecutors) {}
}
