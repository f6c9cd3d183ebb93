package org.seeql.launcher.manifest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;

/**
 * Argo's CronWorkflow, as far as SeeQL uses it. Fields are those of argoproj.io/v1alpha1 in Argo
 * Workflows 4.1; what is empty is left out.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record CronWorkflow(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {
  CronWorkflow(ObjectMeta metadata, Spec spec) {
    this(Workflow.API_VERSION, "CronWorkflow", metadata, spec);
  }

  /**
   * When it fires, and what then runs.
   *
   * @param startingDeadlineSeconds how late a firing may be that Argo was not there for
   * @param workflowMetadata of every run
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Spec(
      List<String> schedules,
      String timezone,
      String concurrencyPolicy,
      long startingDeadlineSeconds,
      int successfulJobsHistoryLimit,
      int failedJobsHistoryLimit,
      ObjectMeta workflowMetadata,
      Workflow.Spec workflowSpec) {}
}
